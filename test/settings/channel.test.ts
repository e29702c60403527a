import { readChannel } from '../../src/settings/channel.js';
import { readOptions } from '../support/read-options.js';

const read = (channel?: string) => readOptions({ ...(channel && { channel }) }, readChannel);

describe('the channel', () => {
  it.each([undefined, 'eap', 'e', '2026-1', 'a-', 'x'.repeat(40)])('may be %s', (channel) => {
    expect(read(channel)).toEqual({ value: channel, faults: [] });
  });

  it.each(['EAP', '-eap', 'my_eap', 'a/b', '../a', 'é', 'a.b', 'eap é', 'x'.repeat(41)])(
    'cannot be %s',
    (channel) => {
      expect(read(channel)).toEqual({
        value: undefined,
        faults: [
          `--channel: "${channel}" is not a valid channel name. Use lower-case letters, digits and hyphens, for example eap.`,
        ],
      });
    },
  );

  it('cannot have the name of the folder of archives', () => {
    expect(read('plugins').faults).toEqual([
      '--channel: the folder "plugins" is for archives. Choose another name, for example eap.',
    ]);
    expect(read('plugins-eap').faults).toEqual([]);
  });
});
