import type { GenericSchema } from 'valibot';
import { readAs } from '../../model/schema.js';
import { UserError } from '../../model/user-error.js';

/** Maximum page size of GitHub. */
export const PAGE_SIZE = 100;
/** Maximum number of pages: 10,000 comments on a pull request, or open issues, are not realistic. */
const MAX_PAGES = 100;

interface Page<T> {
  readonly items: readonly T[];
  /** Whether this is the last page according to the server; `undefined` if the server does not state it. */
  readonly isLast: boolean | undefined;
}

/** Reads a page of a list. */
export function pageOf<T>(
  { data, headers }: { readonly data: unknown; readonly headers: { readonly link?: string } },
  schema: GenericSchema<unknown, T[]>,
): Page<T> {
  const isLast = headers.link === undefined ? undefined : !/rel="next"/.test(headers.link);
  return { items: readAs(schema, data), isLast };
}

/** Yields all pages, as long as the server announces another one. */
export async function* pagesOf<T>(read: (page: number) => Promise<Page<T>>): AsyncGenerator<readonly T[]> {
  for (let page = 1; page <= MAX_PAGES; page++) {
    const { items, isLast } = await read(page);
    yield items;
    // A proxy may have removed GitHub's header.
    if (isLast ?? items.length < PAGE_SIZE) return;
  }
  throw new UserError(
    'limit',
    `The list on GitHub exceeds the limit of ${MAX_PAGES} pages with ${PAGE_SIZE} entries.`,
  );
}
