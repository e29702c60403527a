import { failedOutcome } from '../../app/failed-outcome.js';
import type { FailOn } from '../../model/fail-on.js';
import type { FormatName } from '../../model/format-name.js';
import type { Outcome } from '../../model/outcome.js';
import { UserError } from '../../model/user-error.js';
import { describeLocation, type SiteLocation } from '../../stores/locations.js';
import type { Ended, World } from './command.js';

/** The part of the settings on which the end of a command depends. */
interface WrittenSettings {
  readonly site: SiteLocation;
  /** `undefined` if the index shows it. */
  readonly format: FormatName | undefined;
  readonly settings: { readonly preview: boolean; readonly failOn: FailOn };
}

/** Runs a command that changes a site, and returns its outcome even if it fails before planning. */
export async function written(
  { site, format = 'imagej', settings: { preview, failOn } }: WrittenSettings,
  { host }: Pick<World, 'host'>,
  run: () => Promise<Outcome>,
): Promise<Ended> {
  try {
    const found = await run();
    const outcome = (await host?.complete(found)) ?? found;
    return { outcome, isFailed: outcome.refusal !== undefined && failOn !== 'never' };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const kind = preview ? 'preview' : 'publication';
    const outcome = failedOutcome(error, format, kind, describeLocation(site));
    return { outcome, error, isFailed: true };
  }
}
