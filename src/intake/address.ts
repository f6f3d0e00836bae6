import ipaddr from 'ipaddr.js';
import { type AllowedHosts, isOpened, isPublic } from './allowed-hosts.ts';

/** An address that may be fetched as far as its letters tell; where its name leads is checked when it connects. */
export type CheckedAddress = { outcome: 'fine'; url: URL } | { outcome: 'refused'; reason: string };

const MAX_CHARS = 2048;
const USUAL_PORTS = new Set(['', '80', '443']);
const ALLOW = 'An operator may allow it with IMPORT_ALLOW_HOSTS.';

/** Only http and https, to public hosts at their usual ports, without a password in the address. */
export function checkAddress(address: string, allowed: AllowedHosts): CheckedAddress {
  if (address.length > MAX_CHARS) return refused(`The address is longer than ${MAX_CHARS.toLocaleString('en')} characters.`);
  if (!URL.canParse(address)) return refused('That is no address: it must begin with https:// or http://.');
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return refused('Only addresses that begin with https:// or http:// are read.');
  if (url.username !== '' || url.password !== '')
    return refused('The address holds a name or a password: leave it out, it is not sent to anybody.');
  url.hash = '';
  const host = hostOf(url);
  if (host.endsWith('.')) return refused('The host of the address ends in a dot: leave the dot out.');
  // The parser has made 2130706433, 0x7f.1, 0177.0.0.1 and the like the addresses that they are.
  if (!ipaddr.isValid(host)) return { outcome: 'fine', url };
  const checked = checkReached({ host, port: url.port }, [host], allowed);
  return checked.outcome === 'refused' ? checked : { outcome: 'fine', url };
}

const refused = (reason: string) => ({ outcome: 'refused', reason }) as const;

/** The host of an address, that of IPv6 without its brackets. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** Whether a host may be called, now that it is known where it leads. */
export function checkReached(
  { host, port }: { host: string; port: string },
  addresses: readonly string[],
  allowed: AllowedHosts,
): { outcome: 'fine' } | { outcome: 'refused'; reason: string } {
  if (allowed.names.has(host)) return { outcome: 'fine' };
  const closed = addresses.filter((one) => !ipaddr.isValid(one) || !isOpened(one, allowed));
  const hidden = closed.find((one) => !ipaddr.isValid(one) || !isPublic(one));
  if (hidden !== undefined)
    return refused(`${host === hidden ? host : `${host} leads to ${hidden}, which`} is not a public address. ${ALLOW}`);
  if (closed.length > 0 && !USUAL_PORTS.has(port))
    return refused(`${host} is called at port ${port}: only the ports 80 and 443 are. ${ALLOW}`);
  return { outcome: 'fine' };
}
