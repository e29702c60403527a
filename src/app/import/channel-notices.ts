import type { ChannelRules } from '../../formats/channels.js';
import { listNames } from '../../model/humanize.js';
import type { OldSite, SiteToImport } from './sites.js';

/**
 * Returns sentences about the channels of a site: which ones are imported, and which ones are not.
 *
 * @param rules absent for a format without channels
 */
export function channelNotices<Index, O>(
  rules: ChannelRules<Index, O> | undefined,
  { where, from, stored, index }: OldSite<Index>,
  sites: readonly SiteToImport[],
): readonly string[] {
  if (!rules) return [];
  if (rules.isChannel(stored) === true)
    return [
      `${where} is a channel. If it lists entries of the repository in the parent folder, they lead to the old place until the next publication to the channel. Except from a backup, import that repository: its channels are imported with it.`,
    ];
  const recorded = rules.recorded(index);
  const imported = sites.flatMap(({ folder }) => folder ?? []);
  const lost = recorded.filter((folder) => !imported.includes(folder));
  if (recorded.length === 0 && !from.listFiles)
    return [
      'Channels are not imported: the index does not record any, and a web address does not list its folders. If the site has a channel, import a copy of its files, such as its folder or branch.',
    ];
  return [
    ...(imported.length === 0 ? [] : [`With its channels: ${listNames(imported)}.`]),
    ...(lost.length === 0
      ? []
      : [`Not imported, because ${where} does not have these recorded channels: ${listNames(lost)}.`]),
  ];
}
