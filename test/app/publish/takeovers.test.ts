import type { SiteSnapshot } from '../../../src/app/ports/site-store.js';
import { createTakeoverCheck } from '../../../src/app/publish/takeovers.js';
import type { TakeoverChecks } from '../../../src/formats/format.js';
import { coordinateIn } from '../../../src/formats/imagej/artifacts/coordinate.js';
import type { Plan } from '../../../src/model/plan.js';
import { sitePath } from '../../../src/model/site-path.js';
import { makeJar, pomEntry } from '../../support/maven.js';
import { makeZip } from '../../support/zip.js';

const MEBIBYTE = 1024 * 1024;
const PLAN: Plan = { timestamp: 1, changes: [], unchanged: 0, skipped: [], payloads: [], problems: [] };

/** A format that wants these payloads, and what it got of them in the end. */
function wanting(sizes: Record<string, number | undefined>) {
  const got: string[][] = [];
  const takeovers: TakeoverChecks<unknown, Plan> = {
    payloadsFor: () => new Map(Object.entries(sizes).map(([path, size]) => [sitePath(path), size])),
    check: (_plan, _index, _config, payloads) => {
      got.push([...payloads.keys()]);
      return [];
    },
  };
  return { takeovers, got };
}

function siteWith(files: readonly string[]) {
  const asked: (readonly string[])[] = [];
  const readFiles = (paths: readonly string[]) => {
    asked.push(paths);
    return Promise.resolve(
      new Map(paths.filter((path) => files.includes(path)).map((path) => [path, new Uint8Array()])),
    );
  };
  return { site: { readFiles } as unknown as SiteSnapshot, asked };
}

const logOf = (lines: string[]) => ({ info: () => undefined, detail: (line: string) => lines.push(line) });

describe('what is read of the site to find other artifacts', () => {
  test('is one batch within the limits, once for all attempts of a run', async () => {
    const { takeovers, got } = wanting({
      large: 4 * MEBIBYTE + 1,
      a: 4 * MEBIBYTE,
      b: 4 * MEBIBYTE,
      c: 4 * MEBIBYTE,
      d: 4 * MEBIBYTE - 1,
      beyond: 2,
      last: 1,
      gone: 0,
      unknown: undefined,
    });
    const { site, asked } = siteWith(['a', 'b', 'c', 'd', 'last', 'unknown', 'large', 'beyond']);
    const lines: string[] = [];
    const check = createTakeoverCheck(takeovers, undefined, logOf(lines));
    await check(PLAN, {}, site);
    await check(PLAN, {}, site);
    expect(asked).toEqual([['a', 'b', 'c', 'd', 'last', 'gone', 'unknown']]);
    expect(got).toEqual([
      ['a', 'b', 'c', 'd', 'last', 'unknown'],
      ['a', 'b', 'c', 'd', 'last', 'unknown'],
    ]);
    expect(lines.map((line) => /artifact (\w+) is/.exec(line)?.[1])).toEqual(['large', 'beyond', 'gone']);
  });

  test('is nothing if nothing is wanted, and if the store or the format does not offer it', async () => {
    const { site, asked } = siteWith([]);
    await createTakeoverCheck(wanting({}).takeovers, undefined, logOf([]))(PLAN, {}, site);
    expect(await createTakeoverCheck(undefined, undefined, logOf([]))(PLAN, {}, site)).toEqual([]);
    expect(asked).toEqual([]);
    const without = {} as SiteSnapshot;
    const { takeovers, got } = wanting({ a: 1 });
    await createTakeoverCheck(takeovers, undefined, logOf([]))(PLAN, {}, without);
    expect(got).toEqual([[]]);
  });
});

describe('the coordinate of a jar', () => {
  const pom = (id: string) => pomEntry({ id });
  test.each<[string, Record<string, string>, string | undefined]>([
    ['jars/codec-1.0.jar', pom('g:codec:1.0'), 'g:codec'],
    ['jars/codec.jar', { 'META-INF/maven/g/codec/pom.properties': '' }, 'g:codec'],
    ['jars/codec.jar', { ...pom('g:codec:1'), ...pom('h:other:1') }, 'g:codec'],
    ['jars/codec.jar', { ...pom('g:codec:1'), ...pom('h:codec:1') }, undefined],
    ['jars/codec.jar', pom('h:other:1'), undefined],
    ['jars/codec-1.0-natives-linux-amd64.jar', pom('g:codec:1.0'), undefined],
    ['jars/codec.jar', {}, undefined],
  ])('%s', (path, entries, expected) => {
    expect(coordinateIn(makeJar([], entries), path)).toBe(expected);
  });

  test('is not known of bytes that are not a jar', () => {
    expect(coordinateIn(Buffer.from('hello'), 'jars/codec.jar')).toBeUndefined();
    expect(coordinateIn(makeZip([]).subarray(0, 10), 'jars/codec.jar')).toBeUndefined();
  });
});
