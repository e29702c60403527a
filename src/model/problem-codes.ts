/** Severity of a problem: an error stops the publication, a warning does not. */
export const SEVERITIES = ['error', 'warning'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The documentation of a code. */
export interface ProblemCodeEntry {
  /** `either` if it depends on the situation. */
  readonly severity: Severity | 'either';
  /** Set if a maintainer may lower an error: it is a matter of judgement and breaks no existing installation. */
  readonly mayBeLowered?: true;
  /** What happened, as a sentence without a full stop. */
  readonly title: string;
  /** What the user can do, as Markdown. */
  readonly remedy: string;
}

/**
 * The catalogue of all problems that a run can report, in alphabetical order. The type of codes and
 * `docs/troubleshooting.md` are generated from it. Codes are stable: scripts rely on them.
 */
export const PROBLEM_CODES = {
  'absent-archive': {
    severity: 'error',
    title: 'An archive cannot be downloaded from the address that the index would contain',
    remedy:
      'Upload it there first, or correct `archive-url`. GitHub replaces spaces in the names of release files with dots. If the files are uploaded later, set `archive-check: off`.',
  },
  'already-obsolete': {
    severity: 'warning',
    title: 'A file or version to be removed is already obsolete or removed',
    remedy: 'Delete it from `remove`.',
  },
  'archive-layout': {
    severity: 'error',
    title: 'An archive is not a plugin for JetBrains IDEs',
    remedy: 'Publish the archive that the Gradle task `buildPlugin` writes to `build/distributions`.',
  },
  artifact: {
    severity: 'error',
    title: 'A file or folder cannot be read, or changed during the run',
    remedy:
      'The message names the file and the reason. Run the build first, and make sure that no other program writes to the files while they are published.',
  },
  'artifact-too-large': {
    severity: 'either',
    title: 'An archive exceeds a limit on size, entries or compression',
    remedy:
      'The limits are far above any real jar: build the archive again and check it with `jar tf`. If it is valid, please open an issue.',
  },
  'bad-config': {
    severity: 'error',
    title: 'The configuration file contains a mistake',
    remedy:
      'Correct the line that the message names. [An example](../examples/update-site.yml) shows all keys.',
  },
  'bad-descriptor': {
    severity: 'error',
    title: 'The `plugin.xml` of a plugin cannot be read',
    remedy: 'Correct the descriptor at the place that the message names, and build again.',
  },
  'bad-id': {
    severity: 'error',
    title: 'The id of a plugin is not valid',
    remedy: 'Write `<id>` on one line.',
  },
  'bad-path': {
    severity: 'error',
    title: 'A file cannot be published under this name',
    remedy: 'Rename the file, or choose another destination.',
  },
  'bad-pom': {
    severity: 'either',
    title: 'The POM in a jar cannot be read',
    remedy:
      'Correct the POM and build again. ImageJ reads the first `META-INF/maven/**/pom.xml` of every installed jar, and stops with an error if it is not well-formed; Maven accepts some of these files. Declare every prefix, write characters instead of entities such as `&eacute;`, and save the file in the encoding that it declares. Leave out the POMs of shaded libraries. A POM that cannot be checked is refused as well: one of more than 4 MB, in an encoding such as Shift_JIS, in XML 1.1, nested more than 200 levels deep, or with an entity that it declares itself. If the site already has such a jar, publish a correct one or remove it.',
  },
  'bad-since-build': {
    severity: 'error',
    title: 'The lower bound of the range of IDEs is missing or not a build number',
    remedy: 'Write `since-build` as a branch or a build, for example `242`.',
  },
  'bad-until-build': {
    severity: 'error',
    title: 'The upper bound of the range of IDEs is not valid, or has another meaning than it seems',
    remedy: 'Write `until-build` as `251.*`, or leave it out.',
  },
  'by-product': {
    severity: 'warning',
    title:
      'A pattern with a destination also matches a by-product of the build (`-sources`, `-javadoc`, `-tests`, `original-`)',
    remedy: 'Make the pattern narrower, or omit the destination: by-products are skipped then.',
  },
  cancelled: {
    severity: 'error',
    title: 'The run was interrupted',
    remedy:
      'Run it again. The message states whether something was published. Published files are not published twice.',
  },
  'circular-dependency': {
    severity: 'warning',
    title: 'Files depend on each other',
    remedy: 'Move the shared code into a file of its own.',
  },
  'comment-not-written': {
    severity: 'warning',
    title: 'The comment on the pull request could not be written',
    remedy:
      "The message contains GitHub's response. Give the job `pull-requests: write`; for pull requests from forks, use [two workflows](preview.md#from-forks).",
  },
  'config-matches-nothing': {
    severity: 'either',
    mayBeLowered: true,
    title: 'The configuration describes a file that the site does not have',
    remedy: 'Correct the name, or remove the entry.',
  },
  'config-matches-obsolete': {
    severity: 'warning',
    title: 'The configuration describes a file that is obsolete',
    remedy: 'Remove the entry from the configuration.',
  },
  'damaged-payload': {
    severity: 'either',
    title: 'A file of a site that is imported or exported is not what its index states',
    remedy:
      'Clients refuse such a file. Publish it again on the site, or remove it there, and run again. A previous version that is damaged is only reported, and left out.',
  },
  'description-language': {
    severity: 'warning',
    title: 'The description of a plugin does not begin with English text',
    remedy: 'Begin `<description>` with some sentences in English.',
  },
  'destination-extension': {
    severity: 'either',
    title: 'A destination drops or changes the file extension',
    remedy:
      'End the destination with `/` if it is a folder. To change the type of a file, rename it before you publish. If the site already has the file under this name, it is a warning.',
  },
  'destination-in-doubt': {
    severity: 'warning',
    title: 'A jar looks only partly like a plugin',
    remedy: 'Specify the destination: `=> plugins/` or `=> jars/`.',
  },
  'destination-is-folder': {
    severity: 'either',
    title: 'The destination of a file is the name of an ImageJ folder',
    remedy:
      'End the destination with `/`, for example `plugins/`. For an unchanged file of the site, it is a warning: remove the file with `remove`.',
  },
  'document-type': {
    severity: 'warning',
    title: 'The index of plugins has a document type declaration, which IDEs refuse',
    remedy:
      'Publish a change: the index is then written without the declaration. IDEs since 2025 refuse the whole index if it has one.',
  },
  'dropped-by-jekyll': {
    severity: 'warning',
    title: 'GitHub Pages does not serve a file whose name begins with `_`',
    remedy: 'GitHub Pages runs Jekyll on the branch. Add an empty file `.nojekyll` at its root.',
  },
  'dropped-dependency': {
    severity: 'warning',
    title: 'A recorded dependency is not available from any site and was dropped',
    remedy: 'Test without it, or add the site that provides it with `upstream`.',
  },
  'duplicate-class': {
    severity: 'warning',
    title: 'Two published jars contain the same class',
    remedy: 'Do not shade a library that is also published as a separate file.',
  },
  'duplicate-entry': {
    severity: 'error',
    title: 'A jar contains the same entry twice',
    remedy: 'Set `duplicatesStrategy` in the Gradle build.',
  },
  'empty-dependency': {
    severity: 'error',
    title: 'A plugin declares a dependency without a name',
    remedy: 'Name it, or remove the element from the descriptor.',
  },
  'empty-file': {
    severity: 'either',
    title: 'A file is empty',
    remedy:
      'Put a comment or a line break into it. ImageJ treats an empty file as deleted. Empty files that match a folder or glob are skipped, and the site keeps its version.',
  },
  'entry-elsewhere': {
    severity: 'error',
    title: 'A plugin to be removed is inside another element of the index',
    remedy: 'Remove it there by hand. The contents of a `<category>`, for example, are kept unchanged.',
  },
  'failed-check': {
    severity: 'warning',
    title: 'A site does not pass a check after it was imported',
    remedy:
      'The import stands. [Checking a site](verify.md) explains each check; the old site probably does not pass it either.',
  },
  'file-and-folder': {
    severity: 'either',
    title: 'A file has the path of a folder',
    remedy:
      'Choose another destination for one of them. If the other one is on the site, remove it first with `remove`, in a separate publication. If the site already has both, it is a warning.',
  },
  'file-near-limit': {
    severity: 'warning',
    title: 'A file is close to the limit of git hosts (100 MB)',
    remedy: 'Make it smaller, or serve it from another server.',
  },
  'file-too-large': {
    severity: 'error',
    title: 'A file exceeds the limit of git hosts (100 MB)',
    remedy: 'Make it smaller, or serve it from another server.',
  },
  'folder-case': {
    severity: 'either',
    title: 'The name of a folder differs from one of ImageJ only in case',
    remedy:
      'Write it as ImageJ does, for example `plugins/`: on Linux, `Plugins/` is a different folder, which ImageJ does not search. For the folder of a platform it is a warning: files in `jars/Linux64/` go to users of all platforms.',
  },
  'http-link': {
    severity: 'warning',
    title: 'The description of a plugin contains an insecure link',
    remedy: 'Write `https://`.',
  },
  index: {
    severity: 'error',
    title: 'The index of a site cannot be read',
    remedy: 'Restore it from the history of the branch or from a backup. Nothing was changed.',
  },
  'insecure-url': {
    severity: 'error',
    title: 'The address of the site is not secure',
    remedy: 'Set `site-url` to an address that begins with `https://`.',
  },
  'intellij-only': {
    severity: 'warning',
    title: 'Only IntelliJ IDEA loads the plugin',
    remedy:
      'Add `<depends>com.intellij.modules.platform</depends>` if the plugin is for all JetBrains IDEs. Other IDEs do not load a plugin whose `plugin.xml` does not name a module of the platform.',
  },
  'invalid-signature': {
    severity: 'warning',
    title: 'The signature of a plugin is not valid',
    remedy:
      'Sign the archive as the last step of the build (Gradle task `signPlugin`), do not change it afterwards, and publish the `-signed.zip`. IDEs that check signatures warn their users: [signing](jetbrains.md#signing).',
  },
  'issue-not-written': {
    severity: 'warning',
    title: 'The issue about the checks of a site could not be written',
    remedy: "The message contains GitHub's response. Give the job `issues: write`.",
  },
  limit: {
    severity: 'error',
    title: 'An input is far larger than on any real site',
    remedy: 'The message names the input and the limit.',
  },
  'lost-payload': {
    severity: 'either',
    title:
      'A file that the index names does not exist any more, so it cannot be imported, exported or offered again',
    remedy:
      'If users are offered the file, publish it again on the site, or remove it there, and run again. A previous version that is lost is only reported: the site cannot be rolled back to it. For a rollback, choose another moment, or publish the file again from its sources.',
  },
  machine: {
    severity: 'error',
    title: 'The machine lacks something that the program needs',
    remedy:
      'The message names what is missing: a writable folder for temporary files (`TMPDIR`, in a workflow `RUNNER_TEMP`), disk space, memory, or file handles. If git was killed, the machine probably ran out of memory.',
  },
  'machine-state': {
    severity: 'warning',
    title: 'A file describes the state of a single machine',
    remedy: 'Leave out `config/jaunch/*.cfg`: it would replace the file of every user.',
  },
  'mass-removal': {
    severity: 'error',
    title: 'More than half of the site would become obsolete',
    remedy: 'Check that the build is complete. If this is intended, set `allow-mass-removal: true`.',
  },
  'missing-command': {
    severity: 'either',
    mayBeLowered: true,
    title: 'A `plugins.config` names a class that the jar does not contain',
    remedy: 'Correct the name in `plugins.config`.',
  },
  'missing-dependency': {
    severity: 'either',
    mayBeLowered: true,
    title: 'A jar needs a library that no site provides',
    remedy:
      'Set `with-dependencies: true`, which publishes all jars that are missing, or add the jar to `files`.',
  },
  'missing-element': {
    severity: 'error',
    title: 'The descriptor of a plugin lacks a required element',
    remedy: 'Add the element that the message names.',
  },
  'missing-payload': {
    severity: 'either',
    title: 'The index names a file that the site does not have',
    remedy:
      'Publish the same file again: it is stored under its old name, and the index stays unchanged. If you no longer have the file, take it from the history of the branch, publish a new version, or remove it. A rebuilt jar can have the same checksum but another size, which clients refuse: publish the original file or changed content. Until then, users who are offered the file cannot install or update anything. It is an error if a file that is added, restored or given a new dependency needs it.',
  },
  'missing-variant': {
    severity: 'warning',
    title: 'A plugin has variants for some systems, but not for all',
    remedy: 'Build the missing variants, and publish them together.',
  },
  'name-encoding': {
    severity: 'error',
    title: 'The name of a file is not UTF-8',
    remedy: 'Rename the file, or delete it if it does not belong to the build.',
  },
  'newer-java': {
    severity: 'warning',
    title: 'A jar needs a newer Java than its users run',
    remedy: 'Compile for the Java version that the message names.',
  },
  'newest-branch': {
    severity: 'warning',
    title: 'The newest IDEs are not offered the plugin',
    remedy: 'Raise `until-build`, or set `newest-branch`.',
  },
  'no-artifact': {
    severity: 'error',
    title: 'A pattern or folder does not contain a file to publish',
    remedy: 'Run the build first. Patterns are relative to the working directory.',
  },
  'no-descriptor': {
    severity: 'error',
    title: 'An archive does not contain `META-INF/plugin.xml`',
    remedy: 'Publish the archive that the Gradle task `buildPlugin` writes.',
  },
  'no-destination': {
    severity: 'error',
    title: 'The destination of a file cannot be determined',
    remedy: 'Write `GLOB => DEST`.',
  },
  'no-platform': {
    severity: 'warning',
    title: 'A native file would go to users of all platforms',
    remedy: 'Publish it to the folder of its platform, for example `lib/linux64/`.',
  },
  'no-pom': {
    severity: 'warning',
    title: '`with-dependencies` did not find a POM in a jar',
    remedy: 'List the dependencies of this jar in `files`.',
  },
  'no-site-url': {
    severity: 'error',
    title: 'The address of the site is unknown',
    remedy: 'Set `site-url`: the index of a plugin repository contains full addresses.',
  },
  'no-such-branch': {
    severity: 'warning',
    title: 'The range of IDEs begins or ends at a branch that does not exist or is too far in the future',
    remedy:
      'Write an existing branch: two digits of the year and the number of the release, 1 to 3 (2024.3 is 243). You cannot have tested branches of the year after next or later: omit `until-build` if the plugin is for all later IDEs.',
  },
  'non-ascii-name': {
    severity: 'warning',
    title: 'A name contains non-ASCII characters',
    remedy:
      'Use the letters A to Z without accents. Clients with Java 8 on Windows cannot download files with other characters.',
  },
  'not-a-file': {
    severity: 'error',
    title: 'A path is a pipe, a socket or a device',
    remedy: 'Name a regular file.',
  },
  'not-picked-up': {
    severity: 'warning',
    title: 'ImageJ does not load files from this location',
    remedy:
      'Check the destination: it is relative to the ImageJ folder, so `plugins/` is right and `Fiji.app/plugins/` is wrong. Users get the file, but an ImageJ updater that uploads from the same folder may not see it.',
  },
  'obsolete-dependency': {
    severity: 'either',
    title: 'A file depends on a file that users do not get',
    remedy: 'Publish the dependency again, or correct the configuration.',
  },
  'older-version': {
    severity: 'warning',
    title: 'A version is lower than the one that users have',
    remedy: 'Check the version, and make sure that the build is up to date.',
  },
  'other-artifact': {
    severity: 'error',
    title: 'A file would be replaced by another artifact with the same name',
    remedy:
      'Give the file another name. If the artifact has moved to another `groupId`, write `replaces: group:artifact` (with the old one) for the file in the configuration.',
  },
  'other-branch-has-site': {
    severity: 'warning',
    title: 'The given branch and directory do not contain a site, but another branch or folder does',
    remedy:
      'Check `branch` and `directory` for typing mistakes. If you want a new site, continue: the warning disappears after the first publication.',
  },
  'other-bytes': {
    severity: 'warning',
    title: 'A channel and the repository offer the same version with different bytes',
    remedy:
      'Publish the unchanged archive of the channel to the repository, or raise the version before you build again: IDEs treat both as the same version.',
  },
  'other-certificate': {
    severity: 'warning',
    title: 'A plugin is signed with a different certificate than the previous version',
    remedy:
      'If you have changed the certificate, ask your users to trust the new one: [signing](jetbrains.md#signing). If not, find out who signed the archive before you publish it.',
  },
  'outside-link': {
    severity: 'error',
    title: 'A symbolic link leads out of the published folder, or to a missing file',
    remedy:
      'Replace the link with a copy of the file, make the pattern narrower, or name the file without wildcards.',
  },
  'outside-path': {
    severity: 'error',
    title: 'A workflow publishes files from outside its own folders',
    remedy:
      'Copy the files into the workspace in an earlier step. The Maven repository and `RUNNER_TEMP` are also allowed.',
  },
  'pages-build-not-requested': {
    severity: 'warning',
    title: 'GitHub Pages has not started a build',
    remedy: 'Add `pages: write` to the permissions of the job, in addition to `contents: write`.',
  },
  'pages-not-enabled': {
    severity: 'warning',
    title: 'GitHub Pages is not enabled for the repository',
    remedy: 'Choose _Deploy from a branch_ and the branch of the site under _Settings › Pages_.',
  },
  'pages-other-branch': {
    severity: 'warning',
    title: 'GitHub Pages serves another branch',
    remedy:
      'Choose the branch of the site and `/ (root)` under _Settings › Pages_. To publish to the served branch instead, set `branch` and `directory` together: that starts a new site, and earlier versions stay on the old branch only.',
  },
  'pages-other-folder': {
    severity: 'warning',
    title: 'GitHub Pages serves another folder of the branch',
    remedy:
      'Choose `/ (root)` under _Settings › Pages_. If you set `directory` to the served folder instead, a new site starts there, and earlier versions stay in the old folder only.',
  },
  'pages-other-source': {
    severity: 'warning',
    title: 'GitHub Pages deploys the output of a workflow, not the branch of the site',
    remedy:
      'Choose _Deploy from a branch_, the branch of the site and `/ (root)` under _Settings › Pages_. If one of your workflows deploys the branch, set `site-url`.',
  },
  permission: {
    severity: 'error',
    title: 'The token lacks a permission',
    remedy:
      'Give the job the permission that the message names, for example `pull-requests: write` for `mode: comment`.',
  },
  'place-taken': {
    severity: 'error',
    title: 'A folder, file or link on the site blocks the path of a file',
    remedy: 'The message names it. Move it away: it does not come from a publication.',
  },
  'platform-dependency': {
    severity: 'warning',
    title: 'A file for all platforms depends on a file for only some of them',
    remedy: 'Write `platforms` for the file in the configuration, or remove the dependency.',
  },
  'platform-version': {
    severity: 'warning',
    title: 'The version of a plugin names a system, but its descriptor does not',
    remedy:
      'IDEs select by system if the plugin depends on modules such as `com.intellij.modules.os.linux` and `com.intellij.modules.arch.x86_64`. The Gradle task `buildPluginVariants` writes them.',
  },
  'product-word': {
    severity: 'warning',
    title: 'The name of a plugin contains a word that does not describe it',
    remedy: 'Leave out "plugin", "IntelliJ" and "JetBrains".',
  },
  'published-version': {
    severity: 'error',
    title: 'The version was published before with different bytes',
    remedy: 'Give the plugin another version.',
  },
  race: {
    severity: 'error',
    title: 'Other runs kept changing the site',
    remedy: 'Run again, or give the workflow a `concurrency` group so that its runs wait for each other.',
  },
  refused: {
    severity: 'error',
    title: 'The plan has errors, so nothing was written',
    remedy: 'Fix the errors that the other messages name.',
  },
  remote: {
    severity: 'error',
    title: 'The remote repository or server cannot be reached, read or written',
    remedy:
      'The message contains the response of git or of the server, and names the missing permission or token.',
  },
  'remove-and-publish': {
    severity: 'error',
    title: 'A file is to be removed and published in the same run',
    remedy: 'Leave it out of `remove`, or do not publish it.',
  },
  'removed-dependency': {
    severity: 'error',
    title: 'A file is removed that another file depends on',
    remedy: 'Keep it, remove both, or remove the dependency in the configuration.',
  },
  'reserved-id': {
    severity: 'warning',
    title: 'The id of a plugin begins with a reserved prefix',
    remedy: 'Choose an id that begins with a domain of your own.',
  },
  'reserved-path': {
    severity: 'either',
    title: "A name is hidden, or reserved for git or for the site's own files",
    remedy: 'Choose another destination.',
  },
  'same-address': {
    severity: 'error',
    title: 'Two archives would have the same address on another server',
    remedy: 'Use `{id}` and `{version}` in `archive-url`, or give the archives different names.',
  },
  'same-name': {
    severity: 'either',
    title: 'Two names differ only in case or in the encoding of their characters',
    remedy:
      'Publish the file under the name on the site, or under a name that differs in other characters. Windows and macOS treat the two as one file. It is a warning for a file that the site already has beside one of an upstream site, and for two jars whose versions also differ: ImageJ does not replace one with the other, and users get both.',
  },
  'several-descriptors': {
    severity: 'error',
    title: 'An archive contains several plugins',
    remedy: 'Publish each plugin in its own archive.',
  },
  'several-files': {
    severity: 'error',
    title: 'Several files would be published under the same path',
    remedy: 'Make the pattern narrower, or delete old builds.',
  },
  'several-versions': {
    severity: 'error',
    title: 'Several artifacts are versions of the same file',
    remedy: 'Make the pattern narrower, or delete old builds.',
  },
  'shadow-major-version': {
    severity: 'warning',
    title: 'A file was skipped because an upstream site serves another major version of it',
    remedy: 'Test with the version of the upstream site, because users get that one.',
  },
  'shadows-upstream': {
    severity: 'error',
    title: 'A file differs from the one that an upstream site serves',
    remedy: 'Do not publish it, or set `on-shadow`.',
  },
  'short-description': {
    severity: 'warning',
    title: 'The description of a plugin is very short',
    remedy: 'Describe in a few sentences what the plugin does.',
  },
  'since-build-wildcard': {
    severity: 'warning',
    title: 'The lower bound of the range of IDEs contains a wildcard',
    remedy: 'Write `since-build` without `*`, for example `242`.',
  },
  site: {
    severity: 'error',
    title: 'The folder or branch of the site cannot be used',
    remedy: 'The message states the reason.',
  },
  'site-near-limit': {
    severity: 'warning',
    title: 'The site is close to the limit of GitHub Pages (1 GB)',
    remedy: 'Delete payloads that the index no longer names.',
  },
  'site-too-large': {
    severity: 'warning',
    title: 'The site exceeds the limit of GitHub Pages (1 GB)',
    remedy: 'Delete payloads that the index no longer names.',
  },
  snapshot: {
    severity: 'warning',
    title: 'A SNAPSHOT version is published',
    remedy: 'Publish releases, or publish snapshots to a separate site.',
  },
  'snapshot-on-tag': {
    severity: 'warning',
    title: 'A release publishes a SNAPSHOT version',
    remedy: 'Set the version before the build.',
  },
  'stable-version': {
    severity: 'error',
    title: 'A plugin to be removed from a channel is offered by the stable repository',
    remedy:
      'A channel also offers the versions of the repository in the folder above. Remove the plugin there: publish without `channel`.',
  },
  'strict-until-build': {
    severity: 'warning',
    title: 'IDEs before 2025.3 refuse a plugin that the index offers them',
    remedy:
      'Set `until-build` to the value of `strict-until-build`, or omit it. IDEs before 2025.3 only read `until-build` in the archive, but the index contains the strict one.',
  },
  'template-text': {
    severity: 'warning',
    title: 'A text of the descriptor is still the one from the template',
    remedy: 'Describe what the plugin does.',
  },
  'timestamp-before-site': {
    severity: 'warning',
    title: 'The given timestamp is earlier than the index that users may have read',
    remedy:
      'Omit `timestamp`. ImageJ does not offer a new file to users who have read a later index: [why](how-it-decides.md#timestamps).',
  },
  'timestamp-too-late': {
    severity: 'error',
    title: 'An index has a timestamp that no version can follow',
    remedy:
      'Every version must be later than the previous one, on this site and on upstream sites. Publish the file under another name, and ask the maintainers of that site to correct their index.',
  },
  'too-long': {
    severity: 'error',
    title: 'A text of the descriptor is longer than IDEs accept',
    remedy: 'Shorten the element that the message names.',
  },
  'unfetchable-name': {
    severity: 'either',
    title: 'A name contains `#`, `?`, or `%` followed by two hexadecimal digits',
    remedy:
      'Rename the file: clients cannot download it, and every update that includes it fails completely. If the site already has such a file, remove it.',
  },
  'unknown-dependency': {
    severity: 'error',
    title: 'The configuration names a dependency that no site has',
    remedy: 'Publish it, or correct the name.',
  },
  'unknown-file': {
    severity: 'error',
    title: 'A file that was named is not on the site',
    remedy: 'Check the name. The message suggests similar ones.',
  },
  'unreadable-artifact': {
    severity: 'either',
    title: 'A jar or archive is damaged',
    remedy: 'Build it again, and check it with `jar tf`.',
  },
  'unreadable-class': {
    severity: 'warning',
    title: 'A class file in a jar is damaged or of an unknown kind',
    remedy: 'Add the dependencies of the jar under `dependencies: add` in the configuration.',
  },
  'unresolved-dependency': {
    severity: 'error',
    title: '`with-dependencies` cannot determine what to publish',
    remedy: 'Run the build on the same machine first, or set `maven-repository`.',
  },
  unsigned: {
    severity: 'warning',
    title: 'A plugin is unsigned, but the previous version is signed',
    remedy:
      'Publish the signed archive: `files: build/distributions/*-signed.zip`. If the build skips `signPlugin`, check its secrets: [signing](jetbrains.md#signing).',
  },
  'until-build-nines': {
    severity: 'warning',
    title: 'The upper bound of the range of IDEs ends with nines instead of `*`',
    remedy:
      'Write `242.*`. IDEs read four or more nines (and 10000, 100000, …) as `*`; two or three nines are the number of an early build.',
  },
  'upstream-outdated': {
    severity: 'warning',
    title: 'An upstream site cannot be reached, so an earlier copy of its index was used',
    remedy: 'Run again later to be sure.',
  },
  'upstream-unreachable': {
    severity: 'error',
    title: 'An upstream site cannot be reached',
    remedy: 'Run again later, provide its index as a file (`NAME=FILE`), or set `upstream: none`.',
  },
  'upstream-unreadable': {
    severity: 'error',
    title: 'The index of an upstream site cannot be read',
    remedy: 'Check the address, provide its index as a file (`NAME=FILE`), or set `upstream: none`.',
  },
  usage: {
    severity: 'error',
    title: 'An input or option is wrong',
    remedy: 'All mistakes are reported in one run; each message contains a fix.',
  },
  'variant-and-base': {
    severity: 'warning',
    title: 'A plugin has variants for systems, and an archive for all systems',
    remedy:
      'IDEs prefer the variant for their system. IDEs without a variant are offered the archive for all systems. If that archive is only an intermediate result of the build, make the pattern of `files` narrower.',
  },
  'variant-since-build': {
    severity: 'warning',
    title: 'A variant for one system is offered to IDEs that do not know all systems',
    remedy:
      'Set `since-build` to 261 or later for variants. IDEs before 2026.1 do not know the processor modules.',
  },
  'windows-name': {
    severity: 'warning',
    title: 'Windows cannot store a file with this name',
    remedy:
      'Rename the file. Windows refuses `: * " < > |`, names of devices such as `con` and `nul`, and names that end with a dot or a space.',
  },
} as const satisfies Readonly<Record<string, ProblemCodeEntry>>;

/** A code of the catalogue. */
export type ProblemCode = keyof typeof PROBLEM_CODES;

/** The severities that problems with a code can have. */
export type SeverityOf<C extends ProblemCode> = (typeof PROBLEM_CODES)[C]['severity'] extends infer S
  ? S extends Severity
    ? S
    : Severity
  : never;

/** The codes that problems of a severity can have. */
export type CodeOf<S extends Severity> = {
  [C in ProblemCode]: S extends SeverityOf<C> ? C : never;
}[ProblemCode];

/** The levels that a maintainer can set for a problem. */
export const PROBLEM_LEVELS = ['error', 'warning', 'ignore'] as const;
export type ProblemLevel = (typeof PROBLEM_LEVELS)[number];

/** Returns the levels of a code. Problems that break existing installations or prevent publishing stay errors. */
export function levelsOf({ severity, mayBeLowered }: ProblemCodeEntry): readonly ProblemLevel[] {
  return severity === 'warning' || mayBeLowered ? PROBLEM_LEVELS : ['error'];
}

/** Whether the catalogue contains an untrusted code, and the code can have this severity. */
export function isCodeOf(code: string, severity: Severity): code is ProblemCode {
  if (!Object.hasOwn(PROBLEM_CODES, code)) return false;
  const entry: ProblemCodeEntry = PROBLEM_CODES[code as ProblemCode];
  return entry.severity === 'either' || entry.severity === severity || levelsOf(entry).includes(severity);
}
