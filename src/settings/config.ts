import type { SomeFormat } from '../formats/format.js';
import type { ParsedConfig } from '../model/site-config.js';
import { problemsOf, UserError } from '../model/user-error.js';
import { parseSiteConfig } from './site-config.js';

/** Where the configuration is looked for if the user does not say where it is: the first that is there counts. */
const DEFAULT_CONFIGS = ['.github/update-site.yml', '.github/update-site.yaml'];

/**
 * Reads what the maintainer says in a file. What is wrong with it is reported with everything else.
 *
 * @param given where the user says that it is
 * @param readFile returns the text of a file, undefined if there is none; throws a UserError if it cannot be read
 * @returns undefined if there is none, or if the format takes none
 */
export async function readConfig(
  format: SomeFormat,
  given: string | undefined,
  readFile: (file: string) => Promise<string | undefined>,
): Promise<ParsedConfig | undefined> {
  const rules = format(({ config }) => config);
  if (!rules) return undefined;
  let file = given ?? '';
  try {
    for (file of given === undefined ? DEFAULT_CONFIGS : [given]) {
      const text = await readFile(file);
      if (text !== undefined) return parseSiteConfig(text, file, rules.platforms);
    }
    if (given === undefined) return undefined;
    throw new UserError('artifact', `The configuration ${file} does not exist.`, {
      hint: 'Check the path: it starts at the working directory.',
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const empty = { file, name: undefined, url: undefined, description: undefined, files: [], problems: {} };
    return {
      config: empty,
      problems: problemsOf(error).map((problem) => ({
        ...problem,
        severity: 'error',
        code: 'bad-config',
        path: file,
      })),
    };
  }
}
