import { readConfigFile } from '../../src/io/files/config-file.js';
import type { RawOptions } from '../../src/settings/options.js';
import { resolveSettings, type RunSettings, type SettingsContext } from '../../src/settings/settings.js';

/** The context of the command line without an environment: no login, and files of this folder. */
function contextIn(cwd: string): SettingsContext {
  return {
    preview: false,
    nameOf: (option) => `--${option}`,
    defaultRemote: undefined,
    wantsDiff: false,
    isRelease: false,
    readFile: (file) => readConfigFile(cwd, file),
    loginFor: () => ({ token: undefined }),
  };
}

/** Returns the final settings of a run in a folder. */
export function settingsIn(
  cwd: string,
  raw: RawOptions,
  more: Partial<SettingsContext> = {},
): Promise<RunSettings> {
  return resolveSettings(raw, { ...contextIn(cwd), ...more });
}
