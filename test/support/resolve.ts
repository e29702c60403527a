import { readConfigFile } from '../../src/io/files/config-file.js';
import type { RawOptions } from '../../src/settings/options.js';
import { resolveSettings, type RunSettings, type SettingsContext } from '../../src/settings/settings.js';

/** What the command line says without an environment: no login, and files of this folder. */
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

/** The final settings of a run in a folder. */
export function settingsIn(
  cwd: string,
  raw: RawOptions,
  more: Partial<SettingsContext> = {},
): Promise<RunSettings> {
  return resolveSettings(raw, { ...contextIn(cwd), ...more });
}
