import type { Offered, OfferChange, OfferLoss } from '../model/offer-table.js';

/** The note in a row in which users lose something; empty if the version shows it. */
const LOSSES: Readonly<Record<OfferLoss, string>> = {
  lost: '',
  narrower: ', in fewer builds than before',
  lower: ', lower than before',
};

/** A row of the table of offers, in words. */
export interface OfferWords {
  /** `2024.2 to 2025.1 (linux, mac-arm64)` */
  readonly ides: string;
  readonly before: string;
  /** Includes what users lose. */
  readonly after: string;
}

/** Returns the texts of a row. */
export function offerInWords({ ides, systems, before, after, loss }: OfferChange): OfferWords {
  return {
    ides: systems.length === 0 ? ides : `${ides} (${systems.join(', ')})`,
    before: offeredInWords(before, 'not offered'),
    after: `${offeredInWords(after, 'no longer offered')}${loss === undefined ? '' : LOSSES[loss]}`,
  };
}

function offeredInWords({ versions, isPartial }: Offered, nothing: string): string {
  if (versions.length === 0) return nothing;
  const names = versions.join(' or ');
  if (isPartial) return `${names} (some builds)`;
  return versions.length > 1 ? `${names} (depending on the build)` : names;
}
