import type { ReadOnlyPlace } from '../store.js';

/** A site at a web address, which can only be read. */
export interface WebLocation {
  readonly kind: 'web';
  /** Address of the site, with a slash at its end. */
  readonly url: string;
}

/** The place that an address names. */
export const place = {
  parse(notation, fault) {
    if (!/^https?:/i.test(notation)) return undefined;
    if (!URL.canParse(notation)) {
      fault(
        'it is not a full web address',
        'Write it as in a browser, for example https://sites.imagej.net/MyLab/.',
      );
      return { kind: 'web', url: notation };
    }
    const url = new URL(notation);
    if (url.username !== '' || url.password !== '')
      fault('the address contains a login', 'Leave it out: the site must be readable without one.');
    if (url.search !== '' || url.hash !== '')
      fault('the address contains "?" or "#"', 'Write only the address of the site.');
    // The address of its index names the site too.
    const folder = url.pathname.replace(/[^/]+\.xml(?:\.gz)?$/, '').replace(/\/*$/, '/');
    return { kind: 'web', url: `${url.origin}${folder}` };
  },
  describe: ({ url }) => url,
} as const satisfies ReadOnlyPlace<WebLocation>;
