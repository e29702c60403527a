import { readStreamBounded } from '../files/read-bounded.js';

/** The function that octokit calls to send a request. */
export type Fetch = (
  url: string,
  options: { readonly signal?: AbortSignal | null | undefined },
) => Promise<Response>;

/** A response that is too large. */
export class ResponseTooLargeError extends Error {
  override readonly name = 'ResponseTooLargeError';
}

/**
 * Limits the size of the responses of a `fetch`, unpacked. Octokit reads a body of any size, and treats a truncated
 * one as an empty text; so the body is read here.
 *
 * @throws {ResponseTooLargeError} from the returned function
 */
export function boundedFetch(fetch: Fetch, maxBytes: number): Fetch {
  return async (url, options) => {
    const response = await fetch(url, options);
    const bytes = response.body
      ? await readStreamBounded(response.body, maxBytes, { signal: options.signal })
      : Buffer.alloc(0);
    if (bytes === undefined) throw new ResponseTooLargeError(`it exceeds the limit of ${maxBytes} bytes`);
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
    // These are all members that octokit uses. A new Response would reject some statuses and texts that servers may
    // send.
    return read as unknown as Response;
  };
}
