import path from 'node:path';
import { unversionedPath } from '../../src/formats/imagej/file-name.js';
import { isTrackedPath, launcherPlatform, placementOf } from '../../src/formats/imagej/layout.js';
import { readJson, vectorRoots } from '../support/fixtures.js';

interface FileName {
  path: string;
  unversioned: string;
  launcher_platform: string | null;
}

interface Candidate {
  path: string;
  execute_bit: boolean;
  candidate: boolean;
  executable?: boolean;
  platforms?: string[];
}

/** Records that differ from these vectors, which show the updater's first scan of the disk. */
const REFINED: Readonly<Record<string, { executable: boolean; platforms: string[] }>> = {
  // The official updater forgets the platform of an executable in lib/P/ (spec, section 9.2).
  'lib/linux64/b.so': { executable: true, platforms: ['linux64'] },
  // Launchers become executable when they are uploaded (spec, section 4, and scenario 10-platforms).
  'Fiji.app/Contents/Info.plist': { executable: true, platforms: ['macosx'] },
};

describe.each(vectorRoots())('paths as the official updater sees them, from %s', (_name, root) => {
  test.each(readJson(path.join(root, 'filenames.json')) as FileName[])('name of $path', (vector) => {
    expect(unversionedPath(vector.path)).toBe(vector.unversioned);
    expect(launcherPlatform(vector.path) ?? null).toBe(vector.launcher_platform);
  });

  test.each(readJson(path.join(root, 'candidates.json')) as Candidate[])('place of $path', (vector) => {
    expect(isTrackedPath(vector.path)).toBe(vector.candidate);
    if (!vector.candidate) return;
    expect(placementOf(vector.path, vector.execute_bit)).toEqual(
      REFINED[vector.path] ?? { executable: vector.executable, platforms: vector.platforms },
    );
  });
});
