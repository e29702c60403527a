import { archiveOf, type PublishedVersion } from './repository.js';

/** So much of a fingerprint is shown, in digits. */
export const SHOWN_DIGITS = 16;

/** Whether the archive of a version is signed, in words: `yes (certificate 4b7d21c5cd12f787)`; undefined if that is not known. */
export function signedInWords(version: PublishedVersion | undefined): string | undefined {
  const { certificate } = (version && archiveOf(version)) ?? {};
  if (certificate === undefined) return undefined;
  return certificate === null ? 'no' : `yes (certificate ${certificate.slice(0, SHOWN_DIGITS)})`;
}
