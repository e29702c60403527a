import type { Format, SomeFormat } from '../../src/formats/format.js';

/** Returns a format of which only some members are used. */
export function formatWith(members: Partial<Format<unknown, never, never, unknown>>): SomeFormat {
  return ((use: (format: typeof members) => unknown) => use(members)) as SomeFormat;
}
