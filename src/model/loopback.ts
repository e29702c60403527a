/**
 * Whether a host is this machine, which no attacker in the network can imitate.
 *
 * @param hostname as in a URL: an IPv6 address is in brackets
 */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
