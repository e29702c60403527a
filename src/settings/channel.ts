import type { OptionReader } from '../model/option.js';
import { sitePath, type SitePath } from '../model/site-path.js';

/** Reads the name of the channel: a subfolder that is a repository of its own. */
export function readChannel(options: OptionReader<'channel'>): SitePath | undefined {
  const channel = options.text('channel');
  if (channel === undefined) return undefined;
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(channel)) {
    options.fault(
      'channel',
      `"${channel}" is not a valid channel name`,
      'Use lower-case letters, digits and hyphens, for example eap.',
    );
    return undefined;
  }
  if (channel === 'plugins')
    options.fault('channel', 'the folder "plugins" is for archives', 'Choose another name, for example eap.');
  return sitePath(channel);
}
