import { gzipSync } from 'node:zlib';
import { gunzipIndex, gzipIndex } from '../../../../src/formats/imagej/index/gzip.js';
import { loadIndex } from '../../../../src/formats/imagej/index/load.js';
import { EMPTY_INDEX } from '../../../../src/formats/imagej/index/site-index.js';

const messageOf = (bytes: Uint8Array, max?: number) => {
  try {
    gunzipIndex(bytes, max);
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
};
const GOOD = gzipIndex('<pluginRecords/>');
const changed = (at: number, value: number) => Buffer.from(GOOD).fill(value, at, at + 1);

describe('a file that is not an index', () => {
  it.each([
    ['', 'the file is empty'],
    ['hello', 'it is not a gzip file'],
    ['\u001fx', 'it is not a gzip file'],
    ['x\u008b', 'it is not a gzip file'],
    ['\n <!DOCTYPE html><p>Not found', 'it is not a gzip file, but an HTML page'],
    ['<html lang="en">', 'it is not a gzip file, but an HTML page'],
    ['<?xml version="1.0"?><pluginRecords/>', 'it is not a gzip file, but unpacked XML'],
    [
      'version https://git-lfs.github.com/spec/v1\noid sha256:0',
      'it is not a gzip file, but a Git LFS pointer; an index must not be in Git LFS',
    ],
    ['<p>version https://git-lfs <?xml <html', 'it is not a gzip file'],
  ])('is refused with what it probably is: %j', (text, message) => {
    expect(messageOf(Buffer.from(text, 'latin1'))).toBe(message);
  });

  it('is refused if it is damaged or cut short', () => {
    expect(messageOf(GOOD.subarray(0, -1))).toBe('its gzip data is cut short');
    expect(messageOf(GOOD.subarray(0, 5))).toBe('its gzip data is cut short');
    expect(messageOf(changed(2, 9))).toMatch(/^its gzip data is damaged \(.+\)$/);
    expect(messageOf(changed(GOOD.length - 6, 1))).toMatch(/^its gzip data is damaged \(.+\)$/);
  });

  it('is refused if it unpacks to more than the limit', () => {
    const packed = gzipSync('x'.repeat(1000));
    expect(messageOf(packed, 999)).toBe('it unpacks to more than the limit of 999 bytes');
    expect(messageOf(packed, 1000)).toBe('none');
  });
});

describe('packing', () => {
  it('keeps the text, in any script', () => {
    const text = 'Größe 日本 𐐀'.repeat(50_000);
    expect(Buffer.from(gunzipIndex(gzipIndex(text))).toString('utf8')).toBe(text);
  });

  it('does not write a date', () => {
    expect([...gzipIndex('<pluginRecords/>').subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
  });
});

describe('loading an index', () => {
  const load = (bytes: Uint8Array | undefined, origin?: Parameters<typeof loadIndex>[1]) => {
    try {
      return loadIndex(bytes, origin).records.length;
    } catch (error) {
      const { code, message, hint } = error as { code: string; message: string; hint: string };
      return `${code}: ${message} ${hint}`;
    }
  };
  const fiji = { name: 'Fiji', location: 'https://update.fiji.sc/db.xml.gz' };
  const XML = Buffer.from('<pluginRecords><plugin filename="a"/></pluginRecords>');

  it('gives an empty index for a site without one', () => {
    expect(loadIndex(undefined)).toBe(EMPTY_INDEX);
  });

  it('accepts unpacked XML only from an upstream site', () => {
    expect(load(gzipIndex(XML.toString()))).toBe(1);
    expect(load(gzipIndex(XML.toString()), fiji)).toBe(1);
    expect(load(XML, fiji)).toBe(1);
    expect(load(XML)).toBe(
      "index: The site's index (db.xml.gz) cannot be read: it is not a gzip file. Nothing was changed. Check the stored db.xml.gz. If the site is a branch, its history contains earlier versions.",
    );
  });

  it('names the upstream site of a faulty index', () => {
    expect(load(Buffer.from('<x/>'), fiji)).toMatch(
      /^index: The index of .*Fiji.* cannot be read: .+\. Nothing was changed\. Check the URL\. To publish without this site, delete it from "upstream" \(--upstream\), or use "none"\.$/,
    );
    expect(load(Buffer.from('<x/>'), { ...fiji, label: 'the old site' })).toMatch(
      / cannot be read: .+\. Give the URL of a site or the path of an index file, db\.xml\.gz or the unpacked db\.xml\.$/,
    );
  });
});
