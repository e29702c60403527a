import type { CodeOf, Problem } from '../model/problem.js';
import {
  compareBuilds,
  HIGHEST_BRANCH,
  parseBuildNumber,
  parseUntil,
  type BuildNumber,
  type BuildRange,
} from './build-number.js';
import type { PluginDescriptor } from './descriptor.js';
import { ALL_SYSTEMS, systemsNeeded, systemsOf, type Systems } from './system.js';

/** A descriptor that says all that it must, and in which builds it is offered. */
export interface SoundDescriptor extends PluginDescriptor {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly range: BuildRange & { readonly since: BuildNumber };
  readonly systems: Systems;
  /** The upper bound that counts, as it is written; undefined for none. */
  readonly effectiveUntil: string | undefined;
}

/** Builds that know `strict-until-build`, and the last that do not. */
const FIRST_WITH_STRICT_UNTIL: BuildNumber = [253, 0];
const LAST_WITHOUT_STRICT_UNTIL: BuildNumber = [252, Number.POSITIVE_INFINITY];
/** The first branch that there was. */
const LOWEST_BRANCH = 130;
/** Longest texts, in characters. */
const MAX_ID = 255;
const MAX_NAME = 64;
const MAX_VERSION = 64;
const SHORTEST_DESCRIPTION = 40;

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

/**
 * Checks what a plugin says of itself (spec, section 5).
 *
 * @param label how the archive is called in messages
 * @returns the descriptor, if nothing is missing that an index needs
 */
export function checkDescriptor(
  descriptor: PluginDescriptor,
  label: string,
): { readonly sound: SoundDescriptor | undefined; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const about = (message: string, hint: string) => ({ path: label, message: `${label}: ${message}.`, hint });
  const checks: Checks = {
    error: (code, message, hint) => {
      problems.push({ severity: 'error', code, ...about(message, hint) });
    },
    warning: (code, message, hint) => {
      problems.push({ severity: 'warning', code, ...about(message, hint) });
    },
  };
  const { id, name, version, vendor } = descriptor;
  if (id === undefined)
    checks.error('missing-element', 'there is no <id>', 'Give the plugin an id that never changes.');
  if (name === undefined)
    checks.error('missing-element', 'there is no <name>', 'Write the name that users see.');
  if (version === undefined)
    checks.error(
      'missing-element',
      'there is no <version>',
      'Set the version in the Gradle build: patchPluginXml writes it.',
    );
  if (vendor === undefined)
    checks.error('missing-element', 'there is no <vendor>', 'Write who makes the plugin.');
  checkTexts(descriptor, checks);
  const bounds = checkRange(descriptor, checks);
  const sound =
    id !== undefined && name !== undefined && version !== undefined && bounds
      ? { ...descriptor, id, name, version, systems: systemsOf(descriptor.depends, version), ...bounds }
      : undefined;
  return { sound, problems };
}

interface Checks {
  readonly error: (code: CodeOf<'error'>, message: string, hint: string) => void;
  readonly warning: (code: CodeOf<'warning'>, message: string, hint: string) => void;
}

function checkTexts(descriptor: PluginDescriptor, { error, warning }: Checks): void {
  const { id = '', name = '', version = '', description, changeNotes, depends } = descriptor;
  const limit = (element: string, text: string, max: number) => {
    if (text.length > max)
      error('too-long', `<${element}> has ${text.length} characters; IDEs take ${max}`, 'Make it shorter.');
  };
  limit('id', id, MAX_ID);
  limit('name', name, MAX_NAME);
  limit('version', version, MAX_VERSION);
  if (/[\r\n]/.test(id)) error('bad-id', '<id> has a line break in it', 'Write it on one line.');
  if (depends.includes(''))
    error(
      'empty-dependency',
      'a dependency names no plugin',
      'Write the id of the plugin, or take the element out.',
    );
  const prefix = RESERVED_PREFIXES.find((start) => id === start || id.startsWith(`${start}.`));
  if (prefix !== undefined)
    warning(
      'reserved-id',
      `<id> begins with "${prefix}", which belongs to others or to examples`,
      'Begin it with a domain of your own.',
    );
  for (const [element, text] of [
    ['id', id],
    ['name', name],
  ] as const) {
    const word = PRODUCT_WORDS.exec(text)?.[0];
    if (word !== undefined)
      warning(
        'product-word',
        `<${element}> holds the word "${word}"`,
        'Leave it out: it tells users nothing.',
      );
  }
  if (PLATFORM_VERSION.test(version) && systemsNeeded(depends) === ALL_SYSTEMS)
    warning(
      'platform-version',
      `<version> "${version}" names a system, but IDEs of all systems are offered it`,
      'If it is for one system, add its modules, for example <depends>com.intellij.modules.os.linux</depends> and <depends>com.intellij.modules.arch.x86_64</depends>: the Gradle task buildPluginVariants does.',
    );
  for (const [element, text] of [
    ['description', description],
    ['change-notes', changeNotes],
  ] as const) {
    if (text !== undefined && TEMPLATE_TEXTS.test(text))
      warning('template-text', `<${element}> is still that of a template`, 'Write what the plugin does.');
  }
  checkDescription(description ?? '', warning);
}

function checkDescription(description: string, warning: Checks['warning']): void {
  const text = textOfHtml(description);
  if (text.length < SHORTEST_DESCRIPTION)
    warning(
      'short-description',
      text === '' ? 'there is no <description>' : `<description> has ${text.length} characters`,
      `Tell users what they get, in ${SHORTEST_DESCRIPTION} characters or more.`,
    );
  else if (!/^[\p{P}\p{S}\p{N}\s]*\p{Script=Latin}/u.test(text))
    warning(
      'description-language',
      '<description> does not begin with Latin letters',
      'Begin with a text in English.',
    );
  if (/\bhttp:\/\//i.test(description))
    warning('http-link', '<description> has a link that is not secure', 'Write https://.');
}

/** The range of builds; undefined where it cannot be told. */
function checkRange(
  { since, until, strictUntil }: PluginDescriptor,
  { error, warning }: Checks,
): Pick<SoundDescriptor, 'range' | 'effectiveUntil'> | undefined {
  const lower = checkSince(since, { error, warning });
  for (const [name, text] of [
    ['until-build', until],
    ['strict-until-build', strictUntil],
  ] as const) {
    const reason = text === undefined ? undefined : faultOfUntil(text, lower);
    if (reason !== undefined)
      error(
        'bad-until-build',
        `<idea-version ${name}="${text ?? ''}"> ${reason}`,
        'Write the last branch as "251.*", or leave it out.',
      );
  }
  const effectiveUntil = strictUntil ?? until;
  const promised = effectiveUntil === undefined ? undefined : parseUntil(effectiveUntil);
  const first = until === undefined ? undefined : parseUntil(until);
  // Later builds read the strict bound, earlier ones the other.
  const isRefused =
    first !== undefined &&
    promised !== undefined &&
    lower !== undefined &&
    compareBuilds(lower, FIRST_WITH_STRICT_UNTIL) < 0 &&
    compareBuilds(first, promised) < 0 &&
    compareBuilds(first, LAST_WITHOUT_STRICT_UNTIL) < 0;
  if (isRefused)
    warning(
      'strict-until-build',
      `<idea-version> has until-build="${until ?? ''}" and strict-until-build="${strictUntil ?? ''}"; IDEs before 2025.3 read the first, so between it and 2025.3 they are offered the plugin and refuse it after the download`,
      'Set until-build to the same, or leave it out.',
    );
  const upper = effectiveUntil === undefined ? undefined : parseUntil(effectiveUntil);
  const isBroken = effectiveUntil !== undefined && faultOfUntil(effectiveUntil, lower) !== undefined;
  return lower && !isBroken ? { range: { since: lower, until: upper }, effectiveUntil } : undefined;
}

function checkSince(since: string | undefined, { error, warning }: Checks): BuildNumber | undefined {
  const hint = 'Write the oldest build that it runs in, such as "242": patchPluginXml sets it.';
  if (since === undefined) {
    error('bad-since-build', 'there is no <idea-version since-build>', hint);
    return undefined;
  }
  const lower = parseBuildNumber(since);
  const reason = faultOfBound(since, lower);
  if (reason !== undefined || !lower) {
    error('bad-since-build', `<idea-version since-build="${since}"> ${reason ?? ''}`, hint);
    return undefined;
  }
  if (since.endsWith('.*'))
    warning(
      'since-build-wildcard',
      `<idea-version since-build="${since}"> means the last build of the branch`,
      `Write "${since.slice(0, -2)}" for the whole branch.`,
    );
  return lower;
}

function faultOfBound(text: string, build: BuildNumber | undefined): string | undefined {
  const [branch = 0] = build ?? [];
  if (text.includes('-')) return 'names a product';
  if (!build) return 'is no build number';
  if (branch < LOWEST_BRANCH) return `is older than ${LOWEST_BRANCH}, the first branch that there was`;
  return branch > HIGHEST_BRANCH ? 'is beyond all branches' : undefined;
}

function faultOfUntil(text: string, since: BuildNumber | undefined): string | undefined {
  const build = parseUntil(text);
  if ((build?.[0] ?? 0) >= HIGHEST_BRANCH) return 'is a number that stands for "for ever"';
  const reason = faultOfBound(text, build);
  if (reason !== undefined || !build) return reason;
  if (/^\d+$/.test(text)) return 'is a branch alone, which excludes all of its builds';
  return since && compareBuilds(build, since) < 0 ? 'lies before since-build' : undefined;
}

/** The text of HTML, as far as its length and its first letters go. */
export function textOfHtml(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}
