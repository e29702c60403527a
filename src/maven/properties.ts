import { MAX_VALUE_LENGTH, type MavenPom } from './pom.js';

/** Maximum number of rounds in which properties are replaced by values that contain properties. */
const MAX_ROUNDS = 16;

/** Maximum number of characters that properties may add to the values of one model. Real ones add some thousands. */
export const MAX_MODEL_GROWTH = 256 * 1024;
/** The same for all models of a run. The whole of Fiji has some 1,000 models. */
export const MAX_RUN_GROWTH = 32 * 1024 * 1024;

/** Replaces the `${…}` in a text. */
export type Fill = (text: string) => string;

/** Limits how many characters properties may still add. */
export interface Growth {
  /** @returns whether the characters fit, here and in the enclosing limit */
  take(characters: number): boolean;
}

/** @param whole the enclosing limit, which also applies */
export function createGrowth(max: number, whole?: Growth): Growth {
  let left = max;
  return {
    take(characters) {
      if (characters > left || whole?.take(characters) === false) return false;
      left -= characters;
      return true;
    },
  };
}

/**
 * Returns a function that replaces `${…}` by the properties of a POM and its parents, and by its coordinates.
 *
 * A value that would exceed {@link MAX_VALUE_LENGTH} or the remaining growth stays unchanged. Users then see the
 * property in the name of a missing artifact. The length is computed before the replacement, because each round can
 * multiply it.
 *
 * @param chain the POM, its parent, and so on
 */
export function interpolation(chain: readonly MavenPom[], growth: Growth): Fill {
  const values = valuesOf(chain);
  return (text) => {
    if (!text.includes('${')) return text;
    const filled = replaceAll(text, values);
    return filled !== undefined && growth.take(Math.max(0, filled.length - text.length)) ? filled : text;
  };
}

/** Returns `undefined` if the result would be too long. */
function replaceAll(text: string, values: ReadonlyMap<string, string>): string | undefined {
  let result = text;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let { length } = result;
    for (const [whole, name = ''] of result.matchAll(/\$\{([^${}]+)\}/g)) {
      length += (values.get(name) ?? whole).length - whole.length;
    }
    if (length > MAX_VALUE_LENGTH) return undefined;
    const next = result.replace(/\$\{([^${}]+)\}/g, (whole, name: string) => values.get(name) ?? whole);
    if (next === result) break;
    result = next;
  }
  return result;
}

function valuesOf(chain: readonly MavenPom[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { properties } of [...chain].reverse()) {
    for (const [name, value] of properties) if (value.length <= MAX_VALUE_LENGTH) values.set(name, value);
  }
  const [pom] = chain;
  const own = {
    groupId: pom?.groupId || pom?.parent?.groupId || '',
    artifactId: pom?.artifactId ?? '',
    version: pom?.version || pom?.parent?.version || '',
  };
  for (const [name, value] of Object.entries(own)) {
    values.set(`project.${name}`, value);
    values.set(`pom.${name}`, value);
    if (!values.has(name)) values.set(name, value);
  }
  values.set('project.parent.groupId', pom?.parent?.groupId ?? '');
  values.set('project.parent.version', pom?.parent?.version ?? '');
  return values;
}
