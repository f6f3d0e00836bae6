import ipaddr from 'ipaddr.js';

/** What an operator opens to imports although it is not public. */
export interface AllowedHosts {
  /** Names: at any port, wherever they lead. */
  names: ReadonlySet<string>;
  ranges: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][];
}

export const NO_HOSTS: AllowedHosts = { names: new Set(), ranges: [] };

const NAME = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/;

/** Reads a list of host names, addresses and ranges (CIDR), separated by commas; undefined where one of them is neither. */
export function readAllowedHosts(list: string): AllowedHosts | undefined {
  const names = new Set<string>();
  const ranges: [ipaddr.IPv4 | ipaddr.IPv6, number][] = [];
  for (const one of list.split(',').map((piece) => piece.trim().toLowerCase())) {
    if (one === '') continue;
    if (ipaddr.isValidCIDR(one)) {
      const range = ipaddr.parseCIDR(one);
      // Everything at once is no list.
      if (range[1] === 0) return undefined;
      ranges.push(range);
    } else if (ipaddr.IPv4.isValidFourPartDecimal(one) || ipaddr.IPv6.isValid(one)) {
      const address = ipaddr.process(one);
      ranges.push([address, address.kind() === 'ipv4' ? 32 : 128]);
    } else if (NAME.test(one) && !/(?:^|\.)(?:\d+|0x[0-9a-f]*)$/.test(one)) names.add(one);
    else return undefined;
  }
  return { names, ranges };
}

/** Whether an address is in a range that the operator opened. */
export function isOpened(address: string, { ranges }: AllowedHosts): boolean {
  const read = ipaddr.process(address);
  return ranges.some(([from, bits]) => read.kind() === from.kind() && read.match(from, bits));
}

const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an address is one of the public internet: unicast, and for no special use. */
export function isPublic(address: string): boolean {
  const read = ipaddr.process(address);
  // ipaddr.js also calls unicast what has not been given out, ::a.b.c.d among it:
  // https://www.iana.org/assignments/ipv6-address-space
  return read.range() === 'unicast' && (read.kind() === 'ipv4' || read.match(GLOBAL_UNICAST));
}
