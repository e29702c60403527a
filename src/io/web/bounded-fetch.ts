import { readStreamBounded } from '../files/read-bounded.js';

/** What octokit calls to send a request, and what it needs of it. */
export type Fetch = (
  url: string,
  options: { readonly signal?: AbortSignal | null | undefined },
) => Promise<Response>;

/** An answer that has more bytes than are read. */
export class ResponseTooLargeError extends Error {
  override readonly name = 'ResponseTooLargeError';
}

/**
 * A `fetch` whose answers have at most so many bytes, unpacked. Octokit reads a body whole, whatever its size, and takes
 * one that breaks off for an empty text; so the body is read here.
 *
 * @throws {ResponseTooLargeError} from the function that is returned
 */
export function boundedFetch(fetch: Fetch, maxBytes: number): Fetch {
  return async (url, options) => {
    const response = await fetch(url, options);
    const bytes = response.body
      ? await readStreamBounded(response.body, maxBytes, { signal: options.signal })
      : Buffer.alloc(0);
    if (bytes === undefined)
      throw new ResponseTooLargeError(`it has more than ${maxBytes} bytes, the most that is read`);
    const text = new TextDecoder().decode(bytes);
    const { status, statusText, headers } = response;
    const read = {
      status,
      statusText,
      headers,
      url: response.url,
      body: null,
      text: () => Promise.resolve(text),
      arrayBuffer: () => Promise.resolve(Uint8Array.from(bytes).buffer),
    };
    // All that octokit uses of it. A new Response would refuse statuses and texts that servers may send.
    return read as unknown as Response;
  };
}
