import { compareRepositories, explainChanges } from '../../../../src/formats/jetbrains/compare/compare.js';
import { HISTORY_PATH } from '../../../../src/formats/jetbrains/index/history.js';
import { loadRepository } from '../../../../src/formats/jetbrains/index/load.js';
import { renderRepository } from '../../../../src/formats/jetbrains/index/render.js';
import { EMPTY_REPOSITORY, type Repository } from '../../../../src/formats/jetbrains/index/repository.js';
import type { Signature } from '../../../../src/formats/jetbrains/signature/signature.js';
import { UserError } from '../../../../src/model/user-error.js';
import { fieldLines } from '../../../../src/report/words.js';
import {
  artifact,
  BASE,
  codesIn,
  publish,
  textOf,
  type Given,
  follow,
} from '../../../support/plan-plugins.js';

const certificate = (digit: string) => ({ fingerprint: digit.repeat(64), name: `Lab ${digit}` });
const signedBy = (signer: string, root = signer): Signature => ({
  state: 'signed',
  signer: certificate(signer),
  root: certificate(root),
});
const UNSIGNED: Signature = { state: 'unsigned' };
const INVALID: Signature = { state: 'invalid', reason: 'it is damaged' };

const signed = (version: string, signature: Signature, given: Given = {}) =>
  artifact({ ...given, version, signature });
const published = (...artifacts: ReturnType<typeof artifact>[]) =>
  publish(EMPTY_REPOSITORY, { artifacts }).index;

interface Archive {
  certificate?: string | null;
  [name: string]: unknown;
}
interface History {
  version: number;
  branches: number[];
  versions: { archive: Archive; [name: string]: unknown }[];
  [name: string]: unknown;
}
const historyOf = (files: ReadonlyMap<string, Uint8Array>) =>
  JSON.parse(textOf(files, HISTORY_PATH)) as History;
const withHistory = (files: ReadonlyMap<string, Uint8Array>, history: unknown) =>
  loadRepository(new Map([...files, [HISTORY_PATH, Buffer.from(JSON.stringify(history))]]));

describe('a plugin that was signed', () => {
  test.each<[string, Signature, Signature, string[]]>([
    ['signed by the same certificate', signedBy('a'), signedBy('a'), []],
    ['unsigned', signedBy('a'), UNSIGNED, ['warning unsigned']],
    ['signed by another certificate', signedBy('a'), signedBy('b'), ['warning other-certificate']],
    ['signed by another certificate below the same root', signedBy('a', 'c'), signedBy('b', 'c'), []],
    [
      'signed by the same certificate below another root',
      signedBy('a', 'c'),
      signedBy('a', 'd'),
      ['warning other-certificate'],
    ],
    ['signed in a way that is not valid, which the inspection reports', signedBy('a'), INVALID, []],
    ['signed for the first time', UNSIGNED, signedBy('a'), []],
    ['unsigned as before', UNSIGNED, UNSIGNED, []],
    ['unsigned after a version whose signature is unknown', INVALID, UNSIGNED, []],
  ])('is checked if it is %s', (_, before, now, codes) => {
    const index = published(signed('1.0', before));
    expect(codesIn({ index, artifacts: [signed('1.1', now)] })).toEqual(codes);
  });

  test('is reported with the versions and the certificates', () => {
    const index = published(signed('1.0', signedBy('a')));
    const messages = (signature: Signature) =>
      publish(index, { artifacts: [signed('1.1', signature)] }).plan.problems.map(({ message }) => message);
    expect(messages(UNSIGNED)).toEqual([
      'org.lab.cells 1.1 is not signed, but the published version 1.0 is.',
    ]);
    expect(messages(signedBy('b'))).toEqual([
      'org.lab.cells 1.1 is signed with a different certificate than 1.0: bbbbbbbbbbbbbbbb ("Lab b") instead of aaaaaaaaaaaaaaaa.',
    ]);
  });

  test('is compared with the highest version whose signature is known', () => {
    const both = published(signed('1.0', signedBy('a')), signed('1.1', UNSIGNED));
    expect(codesIn({ index: both, artifacts: [signed('1.2', UNSIGNED)] })).toEqual([]);
    // Another certificate is not less suspicious after a version that was not signed.
    expect(codesIn({ index: both, artifacts: [signed('1.2', signedBy('a'))] })).toEqual([]);
    expect(codesIn({ index: both, artifacts: [signed('1.2', signedBy('b'))] })).toEqual([
      'warning other-certificate',
    ]);
    const unknown = published(signed('1.0', signedBy('a')), signed('1.1', INVALID));
    expect(codesIn({ index: unknown, artifacts: [signed('1.2', UNSIGNED)] })).toEqual(['warning unsigned']);
  });

  test('is compared with versions for the same systems, and its variants are reported once', () => {
    const variant = (version: string, os: string, signature: Signature) =>
      signed(`${version}-${os}-x86_64`, signature, {
        since: '261',
        depends: [`com.intellij.modules.os.${os}`, 'com.intellij.modules.arch.x86_64'],
      });
    const codes = (index: Repository, ...artifacts: ReturnType<typeof artifact>[]) =>
      codesIn({ index, artifacts }).filter((code) => code !== 'warning missing-variant');
    const index = published(variant('1.0', 'linux', signedBy('a')), variant('1.0', 'windows', UNSIGNED));
    expect(codes(index, variant('1.1', 'windows', UNSIGNED))).toEqual([]);
    expect(codes(index, variant('1.1', 'linux', UNSIGNED))).toEqual(['warning unsigned']);
    const all = published(variant('1.0', 'linux', signedBy('a')), variant('1.0', 'windows', signedBy('a')));
    expect(codes(all, variant('1.1', 'linux', UNSIGNED), variant('1.1', 'windows', UNSIGNED))).toEqual([
      'warning unsigned',
    ]);
  });

  test('is not compared again if the same archive is published', () => {
    const index = published(signed('1.0', signedBy('a')), signed('1.1', UNSIGNED));
    const artifacts = [signed('1.1', UNSIGNED)];
    expect(codesIn({ index, artifacts })).toEqual([]);
    expect(codesIn({ index, artifacts, siteUrl: 'https://new.org/' })).toEqual([]);
  });
});

describe('the report shows whether an archive is signed', () => {
  const linesOf = (before: readonly ReturnType<typeof artifact>[], now: ReturnType<typeof artifact>) => {
    const first = published(...before);
    const { plan, applied } = publish(first, { artifacts: [now] });
    return explainChanges(plan.changes, first, applied)
      .flatMap((change) => fieldLines(change, (text) => text))
      .filter((line) => line.startsWith('signed'));
  };
  test.each<[string, Signature[], Signature, string[]]>([
    ['new and signed', [], signedBy('a'), ['signed: yes (certificate aaaaaaaaaaaaaaaa)']],
    ['new and not signed', [], UNSIGNED, ['signed: no']],
    ['signed as before', [signedBy('a')], signedBy('a'), []],
    ['signed now', [UNSIGNED], signedBy('a'), ['signed: no → yes (certificate aaaaaaaaaaaaaaaa)']],
    ['no longer signed', [signedBy('a')], UNSIGNED, ['signed: yes (certificate aaaaaaaaaaaaaaaa) → no']],
    [
      'signed with another certificate',
      [signedBy('a')],
      signedBy('b'),
      ['signed: yes (certificate aaaaaaaaaaaaaaaa) → yes (certificate bbbbbbbbbbbbbbbb)'],
    ],
    ['unsigned after a version whose signature is unknown', [INVALID], UNSIGNED, []],
    ['not valid', [signedBy('a')], INVALID, []],
  ])('if it is %s', (_, before, now, lines) => {
    const old = before.map((signature) => signed('1.0', signature));
    expect(linesOf(old, signed('1.1', now))).toEqual(lines);
  });
});

describe('the history', () => {
  test('contains the certificate in fields that earlier versions of the program ignore', () => {
    const { files } = publish(EMPTY_REPOSITORY, {
      artifacts: [
        signed('1.0', UNSIGNED),
        signed('1.1', signedBy('a')),
        signed('1.2', signedBy('a', 'b')),
        signed('1.3', INVALID),
      ],
    });
    const { version, branches, versions, ...more } = historyOf(files);
    expect([version, more]).toEqual([1, {}]);
    expect(branches.every((branch) => Number.isSafeInteger(branch))).toBe(true);
    // The fields that version 1.0 of the format needs exist with the right types.
    for (const item of versions) {
      expect(Object.keys(item)).toEqual(
        ['id', 'version', 'url', 'state', 'archive', 'entry'].filter(
          (name) => name !== 'entry' || item['state'] !== 'offered',
        ),
      );
      expect(item.archive).toMatchObject({
        path: expect.stringMatching(/^plugins\/org\.lab\.cells\/1\.\d\/.+\.zip$/) as string,
        checksum: expect.any(String) as string,
        size: 5,
      });
    }
    expect(versions.map(({ archive: { certificate, root } }) => [certificate, root])).toEqual([
      [undefined, undefined],
      ['a'.repeat(64), 'b'.repeat(64)],
      ['a'.repeat(64), undefined],
      [null, undefined],
    ]);
  });

  test('of an earlier version is read without signatures', () => {
    const { files } = publish(EMPTY_REPOSITORY, { artifacts: [signed('1.0', signedBy('a'))] });
    const history = historyOf(files);
    for (const { archive } of history.versions) delete archive.certificate;
    const index = withHistory(files, history);
    expect(index.versions[0]?.archive?.certificate).toBeUndefined();
    expect(codesIn({ index, artifacts: [signed('1.1', UNSIGNED)] })).toEqual([]);
    expect(publish(index, { artifacts: [signed('1.0', signedBy('a'))] }).plan.changes).toEqual([]);
    // If something else about the version changes, its certificate is recorded too.
    const moved = publish(index, { artifacts: [signed('1.0', signedBy('a'))], siteUrl: 'https://new.org/' });
    expect(historyOf(moved.files).versions[0]?.archive.certificate).toBe('a'.repeat(64));
  });

  test('keeps all fields of a later version of the program', () => {
    const first = publish(EMPTY_REPOSITORY, {
      artifacts: [signed('1.0', UNSIGNED), signed('1.1', signedBy('a')), signed('2.0', signedBy('a'))],
    });
    const later = { list: [1, { deep: null }], toString: 'text' };
    const history = historyOf(first.files);
    const more = {
      ...history,
      later,
      versions: history.versions.map((item) => ({
        ...item,
        later,
        constructor: 7,
        archive: { ...item.archive, later },
      })),
    };
    const index = withHistory(first.files, more);
    const untouched = publish(index, { artifacts: [signed('3.0', UNSIGNED, { id: 'org.lab.other' })] });
    const kept = historyOf(untouched.files);
    expect(kept['later']).toEqual(later);
    expect(kept.versions.filter(({ id }) => id === 'org.lab.cells')).toEqual(more.versions);
    // Also if the version itself changes.
    const moved = publish(index, {
      artifacts: [signed('2.0', signedBy('a'))],
      remove: ['org.lab.cells@1.0'],
      siteUrl: 'https://new.org/',
    });
    expect(moved.plan.changes.map(({ kind }) => kind)).toEqual(['metadata', 'remove']);
    for (const item of historyOf(moved.files).versions)
      expect([item['later'], item['constructor'], item.archive['later']]).toEqual([later, 7, later]);
  });

  test('is refused if it is nested too deeply', () => {
    const { files } = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})] });
    const text = textOf(files, HISTORY_PATH).replace(
      '{',
      `{"later":${'['.repeat(20_000)}${']'.repeat(20_000)},`,
    );
    expect(() => loadRepository(new Map([...files, [HISTORY_PATH, Buffer.from(text)]]))).toThrow(UserError);
  });
});

describe('a channel', () => {
  const site = published(signed('1.0', signedBy('a')));
  const followed = (channel: Repository) =>
    follow(channel, site, { now: BASE.now, newestBranch: 263, siteUrl: undefined }).channel;

  test('is compared with the stable version that it offers', () => {
    const index = followed(EMPTY_REPOSITORY);
    expect(codesIn({ index, artifacts: [signed('1.1-eap', UNSIGNED)] })).toEqual(['warning unsigned']);
    expect(codesIn({ index, artifacts: [signed('1.1-eap', signedBy('a'))] })).toEqual([]);
  });

  test('keeps the fields of a later version of the program for a stable version', () => {
    const files = new Map(
      renderRepository(followed(EMPTY_REPOSITORY)).map(({ path, bytes }) => [path, bytes]),
    );
    const history = historyOf(files);
    const versions = history.versions.map((item) => ({ ...item, later: 'text' }));
    const again = renderRepository(followed(withHistory(files, { ...history, versions })));
    const kept = historyOf(new Map(again.map(({ path, bytes }) => [path, bytes])));
    expect(kept.versions).toEqual(versions);
    expect(versions).toHaveLength(1);
  });
});

test('a comparison of two states shows a change of the signature', () => {
  const before = published(signed('1.0', signedBy('a')));
  const after = publish(before, { artifacts: [signed('1.1', UNSIGNED)] }).index;
  expect(compareRepositories(before, after)[0]?.details?.fields).toContainEqual({
    field: 'signed',
    before: 'yes (certificate aaaaaaaaaaaaaaaa)',
    after: 'no',
  });
});
