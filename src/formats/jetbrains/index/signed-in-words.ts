import { archiveOf, type PublishedVersion } from './repository.js';

/** Number of digits to show of a fingerprint. */
export const SHOWN_DIGITS = 16;

/** Returns whether a version is signed as text, `yes (certificate 4b7d21c5cd12f787)`, or `undefined` if unknown. */
export function signedInWords(version: PublishedVersion | undefined): string | undefined {
  const { certificate } = (version && archiveOf(version)) ?? {};
  if (certificate === undefined) return undefined;
  return certificate === null ? 'no' : `yes (certificate ${certificate.slice(0, SHOWN_DIGITS)})`;
}
