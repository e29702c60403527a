import { asText, editRecord } from '../../../../src/formats/imagej/index/edit-record.js';
import type { PluginRecord } from '../../../../src/formats/imagej/index/site-index.js';
import { imagejIndex } from '../../../support/imagej-site.js';

const marked = (text: string) => ({ ...asText(text), attributes: [{ name: 'x', value: text }] });
const [plain] = imagejIndex({ 'jars/a.jar': { needs: ['jars/b.jar'] } }).records as [PluginRecord];
const FULL: PluginRecord = {
  ...plain,
  executable: true,
  platforms: [marked('linux64')],
  categories: [marked('Tools')],
  current: plain.current && {
    ...plain.current,
    description: marked('Old'),
    links: [marked('https://a.org')],
    authors: [marked('Ann'), marked('Ben')],
  },
};

describe('the edits of a record', () => {
  it('keep everything that they do not name', () => {
    expect(editRecord(FULL, {})).toEqual(FULL);
    expect(editRecord(plain, {})).toEqual(plain);
  });

  it('replace texts, and keep the attributes of texts that stay', () => {
    const edited = editRecord(FULL, {
      platforms: ['win64', 'linux64', 'win64'],
      categories: [],
      links: ['https://b.org'],
      authors: ['Ben', 'Cleo'],
    });
    expect(edited).toMatchObject({
      platforms: [asText('win64'), marked('linux64')],
      categories: [],
      current: { links: [asText('https://b.org')], authors: [marked('Ben'), asText('Cleo')] },
    });
  });

  it('replace the description, and keep its attributes', () => {
    expect(editRecord(FULL, { description: 'New' }).current?.description).toEqual({
      ...marked('Old'),
      text: 'New',
    });
    expect(editRecord(plain, { description: 'New' }).current?.description).toEqual(asText('New'));
    expect(editRecord(FULL, { description: '' }).current?.description).toBeUndefined();
  });

  it('replace the flag and the dependencies', () => {
    expect(editRecord(FULL, { executable: false }).executable).toBe(false);
    expect(editRecord(plain, { executable: true }).executable).toBe(true);
    expect(editRecord(FULL, { dependencies: [] }).current?.dependencies).toEqual([]);
  });

  it('keep the first of repeated texts', () => {
    const twice = { ...FULL, platforms: [marked('linux64'), asText('linux64')] };
    expect(editRecord(twice, { platforms: ['linux64'] }).platforms).toEqual([marked('linux64')]);
  });

  it('do not give an obsolete file a version', () => {
    const edited = editRecord({ ...FULL, current: undefined }, { description: 'New', platforms: ['win64'] });
    expect(edited.current).toBeUndefined();
    expect(edited.platforms).toEqual([asText('win64')]);
  });
});
