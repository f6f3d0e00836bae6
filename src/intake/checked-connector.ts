import { isIP, type LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { buildConnector } from 'undici';
import { checkReached } from './address.ts';
import type { AllowedHosts } from './allowed-hosts.ts';

/** Every address of a host name; rejects where it has none. */
export type Resolve = (host: string) => Promise<string[]>;

/** Why a connection was not made. */
export class NotPublic extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NotPublic';
  }
}

/** Makes connections to none but addresses that were checked: the lookup is the connection’s own, so that a name cannot lead elsewhere. */
export function checkedConnector(
  resolve: Resolve,
  { allowed, ms }: { allowed: AllowedHosts; ms: number },
): buildConnector.connector {
  return (to, done) => {
    const lookup = checkedLookup(resolve, { port: to.port, allowed });
    buildConnector({ lookup, timeout: ms })(to, done);
  };
}

function checkedLookup(resolve: Resolve, { port, allowed }: { port: string; allowed: AllowedHosts }): LookupFunction {
  const addressesOf = callbackify(async (host: string, family: number) => {
    const addresses = await resolve(host);
    const checked = checkReached({ host, port }, addresses, allowed);
    if (checked.outcome === 'refused') throw new NotPublic(checked.reason);
    const fitting = addresses.map((address) => ({ address, family: isIP(address) }));
    return fitting.filter((one) => family === 0 || one.family === family);
  });
  return (host, options, done) => {
    addressesOf(host, Number(options.family ?? 0), (error: NodeJS.ErrnoException | null, found) => {
      const [first] = found ?? [];
      if (error) done(error, []);
      else if (first === undefined) done(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), []);
      else if (options.all === true) done(null, found);
      else done(null, first.address, first.family);
    });
  };
}
