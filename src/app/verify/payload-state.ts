import type { PayloadFacts } from '../../model/artifact.js';
import type { FollowedRedirect } from '../ports/site-source.js';

/** What reading a payload has shown, or what is wrong with it. */
export type FoundContent = { readonly facts: PayloadFacts } | { readonly fault: string };

/** What is known of a payload. */
export type PayloadState =
  /** It was not looked for. */
  | { readonly status: 'unasked' }
  | { readonly status: 'missing' }
  | { readonly status: 'failed'; readonly reason: string }
  | {
      readonly status: 'there';
      /** In bytes; `undefined` if unknown. */
      readonly size: number | undefined;
      /** `undefined` if it was not read. */
      readonly content: FoundContent | undefined;
      readonly redirects: readonly FollowedRedirect[];
    };

/** The states of payloads, by name. */
export type PayloadStates = ReadonlyMap<string, PayloadState>;
