import { ALL_SYSTEMS, systemsNeeded } from '../system.js';
import type { Checks, CheckContext } from './check-list.js';
import type { PluginDescriptor } from './descriptor.js';
import { textOfHtml } from './html-text.js';

/** Maximum and minimum lengths, in characters. */
const MAX_ID = 255;
const MAX_NAME = 64;
const MAX_VERSION = 64;
const MIN_DESCRIPTION_LENGTH = 40;

const RESERVED_PREFIXES = [
  'com.example',
  'net.example',
  'org.example',
  'edu.example',
  'com.intellij',
  'org.jetbrains',
];
const PRODUCT_WORDS = /plugin|intellij|jetbrains/i;
const TEMPLATE_TEXTS =
  /enter short description for your plugin here|add change notes here|most html tags may be used|lorem ipsum/i;
/** A version that names a system and a processor. */
const PLATFORM_VERSION =
  /[-_.](linux|win|windows|mac|macos|darwin|osx)[-_.](x64|x86|x86_64|amd64|arm64|aarch64)\b/i;

/** Checks the elements of a descriptor that are texts. */
export function checkTexts(
  descriptor: PluginDescriptor,
  { error, warning }: Checks,
  { knownIds }: CheckContext,
): void {
  const { id = '', name = '', version = '', description, changeNotes, depends } = descriptor;
  const limit = (element: string, text: string, max: number) => {
    if (text.length > max)
      error(
        'too-long',
        `<${element}> has ${text.length} characters; IDEs accept at most ${max}`,
        'Shorten it.',
      );
  };
  limit('id', id, MAX_ID);
  limit('name', name, MAX_NAME);
  limit('version', version, MAX_VERSION);
  if (/[\r\n]/.test(id)) error('bad-id', '<id> contains a line break', 'Write it on one line.');
  if (depends.includes(''))
    error(
      'empty-dependency',
      'a dependency does not name a plugin',
      'Write the id of the plugin, or remove the element.',
    );
  if (!knownIds.has(id)) checkId(id, warning);
  checkWords('name', name, warning);
  if (PLATFORM_VERSION.test(version) && systemsNeeded(depends) === ALL_SYSTEMS)
    warning(
      'platform-version',
      `<version> "${version}" names a system, but IDEs on all systems are offered it`,
      'If it is for one system, add the modules of the system, for example <depends>com.intellij.modules.os.linux</depends> and <depends>com.intellij.modules.arch.x86_64</depends>. The Gradle task buildPluginVariants adds them.',
    );
  for (const [element, text] of [
    ['description', description],
    ['change-notes', changeNotes],
  ] as const) {
    if (text !== undefined && TEMPLATE_TEXTS.test(text))
      warning('template-text', `<${element}> still contains the text of a template`, 'Describe your plugin.');
  }
  checkDescription(description ?? '', warning);
}

function checkDescription(description: string, warning: Checks['warning']): void {
  const text = textOfHtml(description);
  if (text.length < MIN_DESCRIPTION_LENGTH)
    warning(
      'short-description',
      text === '' ? '<description> is missing or empty' : `<description> has only ${text.length} characters`,
      `Describe the plugin in at least ${MIN_DESCRIPTION_LENGTH} characters.`,
    );
  else if (!/^[\p{P}\p{S}\p{N}\s]*\p{Script=Latin}/u.test(text))
    warning(
      'description-language',
      '<description> does not begin with Latin letters',
      'Begin with English text.',
    );
  if (/\bhttp:\/\//i.test(description))
    warning('http-link', '<description> contains a link that is not secure', 'Use https://.');
}

/** Checks the id, which can be changed only before the first publication of a plugin. */
function checkId(id: string, warning: Checks['warning']): void {
  const prefix = RESERVED_PREFIXES.find((start) => id === start || id.startsWith(`${start}.`));
  if (prefix !== undefined)
    warning(
      'reserved-id',
      `<id> begins with "${prefix}", which is reserved for JetBrains or for examples`,
      'Begin it with your own domain.',
    );
  checkWords('id', id, warning);
}

function checkWords(element: string, text: string, warning: Checks['warning']): void {
  const word = PRODUCT_WORDS.exec(text)?.[0];
  if (word !== undefined)
    warning(
      'product-word',
      `<${element}> contains the word "${word}"`,
      'Leave it out, because it adds no information.',
    );
}
