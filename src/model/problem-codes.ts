/** Severity of a problem: an error stops the publication, a warning does not. */
export const SEVERITIES = ['error', 'warning'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What the documentation says about a code. */
export interface ProblemCodeEntry {
  /** `either` if it depends on the situation. */
  readonly severity: Severity | 'either';
  /** Set if a maintainer may make less than an error of it: it is a judgement, and breaks nothing that users have. */
  readonly mayBeLowered?: true;
  /** What happened, as a sentence without a full stop. */
  readonly title: string;
  /** What the user can do, as Markdown. */
  readonly remedy: string;
}

/**
 * The catalogue of all problems that a run can report, in alphabetical order. The type of codes and
 * `docs/troubleshooting.md` are made from it. Codes are stable: scripts rely on them.
 */
export const PROBLEM_CODES = {
  'absent-archive': {
    severity: 'error',
    title: 'An archive cannot be downloaded from the address that the index would lead to',
    remedy:
      'Upload it there first, or correct `archive-url`. GitHub replaces spaces in the names of release files by dots. Where the files come later, set `archive-check: off`.',
  },
  'already-obsolete': {
    severity: 'warning',
    title: 'A file or version to be removed is obsolete or withdrawn already',
    remedy: 'Drop it from `remove`.',
  },
  'archive-layout': {
    severity: 'error',
    title: 'An archive is not a plugin for JetBrains IDEs',
    remedy: 'Publish the archive that the Gradle task `buildPlugin` writes to `build/distributions`.',
  },
  artifact: {
    severity: 'error',
    title: 'A file or folder that was named cannot be read, or has changed during the run',
    remedy:
      'The message names the file and the reason. Run the build first, and let nothing write to the files while they are published.',
  },
  'artifact-too-large': {
    severity: 'either',
    title: 'An archive exceeds a bound on size, entries or compression',
    remedy:
      'The bounds are far above any real jar: build the archive again and check it with `jar tf`. If it is sound, please open an issue.',
  },
  'bad-config': {
    severity: 'error',
    title: 'The configuration file has a mistake',
    remedy:
      'Correct the line that the message names. [An example](../examples/update-site.yml) shows all keys.',
  },
  'bad-descriptor': {
    severity: 'error',
    title: 'The `plugin.xml` of a plugin cannot be read',
    remedy: 'Correct the descriptor where the message says, and build again.',
  },
  'bad-id': {
    severity: 'error',
    title: 'The id of a plugin is not valid',
    remedy: 'Write `<id>` on one line.',
  },
  'bad-path': {
    severity: 'error',
    title: 'A file cannot be published under this name',
    remedy: 'Rename the file, or give it another destination.',
  },
  'bad-pom': {
    severity: 'either',
    title: 'The POM in a jar cannot be read',
    remedy:
      'Correct the POM and build again. ImageJ reads the first `META-INF/maven/**/pom.xml` of every installed jar, and stops with an error if it is not well-formed; Maven accepts some of these. Declare every prefix, write characters in place of entities such as `&eacute;`, and save the file in the encoding that it declares. Leave the POMs of shaded libraries out. A POM that cannot be checked is refused too: one of more than 4 MB, in an encoding such as Shift_JIS, in XML 1.1, nested more than 200 deep, or that uses an entity which it declares itself. If the site has such a jar already, publish a correct one or remove it.',
  },
  'bad-since-build': {
    severity: 'error',
    title: 'The lower bound of the range of IDEs is missing or not a build number',
    remedy: 'Write `since-build` as a branch or a build, for example `242`.',
  },
  'bad-until-build': {
    severity: 'error',
    title: 'The upper bound of the range of IDEs is not what it seems',
    remedy: 'Write `until-build` as `251.*`, or leave it out.',
  },
  'by-product': {
    severity: 'warning',
    title:
      'A pattern with a destination also matches a by-product of the build (`-sources`, `-javadoc`, `-tests`, `original-`)',
    remedy: 'Make the pattern narrower, or leave the destination out: by-products are skipped then.',
  },
  cancelled: {
    severity: 'error',
    title: 'The run was interrupted',
    remedy:
      'Run it again. The message says whether something was published; what was is not published twice.',
  },
  'circular-dependency': {
    severity: 'warning',
    title: 'Files depend on each other',
    remedy: 'Move what they share into a file of its own.',
  },
  'comment-not-written': {
    severity: 'warning',
    title: 'The comment on the pull request could not be written',
    remedy:
      "The message contains GitHub's own words. Give the job `pull-requests: write`; for pull requests from forks, use [two workflows](preview.md#from-forks).",
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
  'description-language': {
    severity: 'warning',
    title: 'The description of a plugin does not begin with English text',
    remedy: 'Begin `<description>` with some sentences in English.',
  },
  'destination-extension': {
    severity: 'either',
    title: 'A destination drops or changes the extension of the file',
    remedy:
      'End the destination with `/` if it is a folder. To change the kind of a file, rename it before. For a file that the site has under this name already, it is a warning.',
  },
  'destination-in-doubt': {
    severity: 'warning',
    title: 'A jar looks only in part like a plugin',
    remedy: 'Name the destination: `=> plugins/` or `=> jars/`.',
  },
  'destination-is-folder': {
    severity: 'either',
    title: 'The destination of a file is the name of a folder of ImageJ',
    remedy:
      'End the destination with `/`, for example `plugins/`. It is a warning for a file that the site has and that stays as it is: take it off the site with `remove`.',
  },
  'document-type': {
    severity: 'warning',
    title: 'The index of plugins has a document type, which IDEs refuse',
    remedy:
      'Nothing, if something is published: it is written without the document type. IDEs since 2025 read nothing of a file that has one.',
  },
  'dropped-by-jekyll': {
    severity: 'warning',
    title: 'GitHub Pages does not serve a file whose name begins with `_`',
    remedy: 'GitHub Pages runs Jekyll on the branch. Put an empty file `.nojekyll` at its root.',
  },
  'dropped-dependency': {
    severity: 'warning',
    title: 'A recorded dependency is not available from any site and was dropped',
    remedy: 'Test without it; name the site that has it with `upstream`.',
  },
  'duplicate-class': {
    severity: 'warning',
    title: 'Two published jars contain the same class',
    remedy: 'Do not shade a library that is published by itself.',
  },
  'duplicate-entry': {
    severity: 'error',
    title: 'A jar contains the same entry twice',
    remedy: 'Set `duplicatesStrategy` in the Gradle build.',
  },
  'empty-dependency': {
    severity: 'error',
    title: 'A plugin depends on something without a name',
    remedy: 'Name it, or remove the element from the descriptor.',
  },
  'empty-file': {
    severity: 'either',
    title: 'A file is empty',
    remedy:
      'Put a comment or a line break into it. ImageJ takes an empty file for one that was deleted. Empty files that a folder or a glob brings are left out, and the version that the site has stays.',
  },
  'entry-elsewhere': {
    severity: 'error',
    title: 'A plugin to be removed stands inside of another element of the index',
    remedy: 'Remove it there by hand. What stands inside of a `<category>`, for example, is kept as it is.',
  },
  'file-and-folder': {
    severity: 'either',
    title: 'A file would be in the place of a folder',
    remedy:
      'Choose another destination for one of them. If the other one is on the site, take it off first, with `remove`, in a publication of its own. It is a warning if the site has both already.',
  },
  'file-near-limit': {
    severity: 'warning',
    title: 'A file is close to the limit of git hosts (100 MB)',
    remedy: 'Make it smaller, or serve it from another place.',
  },
  'file-too-large': {
    severity: 'error',
    title: 'A file is over the limit of git hosts (100 MB)',
    remedy: 'Make it smaller, or serve it from another place.',
  },
  'folder-case': {
    severity: 'either',
    title: 'The name of a folder differs from one of ImageJ in case only',
    remedy:
      'Write it as ImageJ does, for example `plugins/`: on Linux, `Plugins/` is another folder, which ImageJ does not look into. It is a warning for the folder of a platform: files in `jars/Linux64/` go to users of all platforms.',
  },
  'http-link': {
    severity: 'warning',
    title: 'The description of a plugin contains a link that is not secure',
    remedy: 'Write `https://`.',
  },
  index: {
    severity: 'error',
    title: 'The index of a site cannot be read',
    remedy: 'Restore it from the history of the branch, or from a backup. Nothing was changed.',
  },
  'insecure-url': {
    severity: 'error',
    title: 'The address of the site is not secure',
    remedy: 'Give `site-url` with `https://`.',
  },
  'intellij-only': {
    severity: 'warning',
    title: 'Only IntelliJ IDEA loads the plugin',
    remedy:
      'Add `<depends>com.intellij.modules.platform</depends>` if the plugin is for all IDEs of JetBrains. Other IDEs do not load a plugin whose `plugin.xml` names no module of the platform.',
  },
  'invalid-signature': {
    severity: 'warning',
    title: 'The signature of a plugin is not valid',
    remedy:
      'Sign the archive as the last step of the build (Gradle task `signPlugin`), change nothing in it afterwards, and publish the `-signed.zip`. IDEs that check signatures warn their users: [signing](jetbrains.md#signing).',
  },
  limit: {
    severity: 'error',
    title: 'Something is far larger than any real site',
    remedy: 'The message names what it is and the limit.',
  },
  machine: {
    severity: 'error',
    title: 'This machine does not let the program work',
    remedy:
      'The message says what is missing: a folder for temporary files that can be written (`TMPDIR`, in a workflow `RUNNER_TEMP`), room on the disk, memory, or file handles. If git was killed, the machine was probably out of memory.',
  },
  'machine-state': {
    severity: 'warning',
    title: 'A file describes the state of one machine',
    remedy: 'Leave `config/jaunch/*.cfg` out: it would replace the file of every user.',
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
    remedy: 'Add the line that the message shows to `files`, or set `with-dependencies: true`.',
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
      'Publish the same file again: it is stored under its old name, and the index stays as it is. If you do not have it any more, take it from the history of the branch, publish a new version, or remove it. A jar that was built anew may have the same checksum and another size: clients refuse it, so publish the original file or changed content. Until then, users who are offered it cannot install or update anything. It is an error if a file that is added, brought back or given a new dependency needs it.',
  },
  'missing-variant': {
    severity: 'warning',
    title: 'A plugin comes in variants for systems, and some systems have none',
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
    title: 'A pattern or folder contains no file to publish',
    remedy: 'Run the build first. Patterns start at the working directory.',
  },
  'no-descriptor': {
    severity: 'error',
    title: 'An archive has no `META-INF/plugin.xml`',
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
    remedy: 'Publish it into the folder of its platform, for example `lib/linux64/`.',
  },
  'no-pom': {
    severity: 'warning',
    title: '`with-dependencies` found no POM in a jar',
    remedy: 'Name the dependencies of this jar in `files`.',
  },
  'no-site-url': {
    severity: 'error',
    title: 'The address of the site is not known',
    remedy: 'Give `site-url`: the index of a plugin repository contains full addresses.',
  },
  'no-such-branch': {
    severity: 'warning',
    title: 'The range of IDEs ends or begins in a branch that does not exist, or not soon',
    remedy:
      'Write an existing branch: two digits of the year and the number of the release, 1 to 3 (2024.3 is 243). Branches of the year after the next, and later ones, cannot have been tested: leave `until-build` out if the plugin is for all later IDEs.',
  },
  'non-ascii-name': {
    severity: 'warning',
    title: 'A name contains characters beyond ASCII',
    remedy:
      'Use the letters A to Z without accents. Clients with Java 8 on Windows cannot download such files.',
  },
  'not-a-file': {
    severity: 'error',
    title: 'What was named is a pipe, a socket or a device',
    remedy: 'Name a regular file.',
  },
  'not-picked-up': {
    severity: 'warning',
    title: 'ImageJ does not load files from this place',
    remedy:
      'Check the destination: it begins in the ImageJ folder, so `plugins/` is right, and `Fiji.app/plugins/` is not. Users get the file, but an ImageJ updater that uploads from the same folder may not see it.',
  },
  'obsolete-dependency': {
    severity: 'either',
    title: 'A file depends on a file that users do not get',
    remedy: 'Publish the dependency again, or correct the configuration.',
  },
  'older-version': {
    severity: 'warning',
    title: 'A version sorts below the one that users have',
    remedy: 'Check the version, and that the build is not an old one.',
  },
  'other-artifact': {
    severity: 'error',
    title: 'A file would be replaced by another artifact of the same name',
    remedy:
      'Give the file another name. If the artifact has moved to another `groupId`, write `replaces: group:artifact` (with the old one) for the file in the configuration.',
  },
  'other-branch-has-site': {
    severity: 'warning',
    title: 'There is no site at the branch and directory given, and another branch or folder has one',
    remedy:
      'Check `branch` and `directory` for a typing mistake. If you mean a new site, go on: the warning is gone with the first publication.',
  },
  'other-bytes': {
    severity: 'warning',
    title: 'A channel and the repository offer one version with different bytes',
    remedy:
      'Publish the very archive of the channel to the repository, or raise the version before you build again: IDEs take both for the same.',
  },
  'other-certificate': {
    severity: 'warning',
    title: 'A plugin is signed with another certificate than the version before',
    remedy:
      'If you have changed the certificate, ask your users to trust the new one: [signing](jetbrains.md#signing). If not, find out who signed the archive before you publish it.',
  },
  'outside-link': {
    severity: 'error',
    title: 'A symbolic link leads out of the folder that is published from, or leads nowhere',
    remedy:
      'Copy the file there in place of the link, make the pattern narrower, or name the file without wildcards.',
  },
  'outside-path': {
    severity: 'error',
    title: 'A workflow publishes files from elsewhere than its own folders',
    remedy:
      'Copy the files into the workspace in a step before. The Maven repository and `RUNNER_TEMP` are allowed too.',
  },
  'pages-build-not-requested': {
    severity: 'warning',
    title: 'GitHub Pages has not started to build',
    remedy: 'Add `pages: write` to the permissions of the job, beside `contents: write`.',
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
      'Choose the branch of the site and `/ (root)` under _Settings › Pages_. To publish to what is served instead, set `branch` and `directory` together: that starts a new site, and the versions published until now stay on the old branch only.',
  },
  'pages-other-folder': {
    severity: 'warning',
    title: 'GitHub Pages serves another folder of the branch',
    remedy:
      'Choose `/ (root)` under _Settings › Pages_. If you set `directory` to the folder that is served instead, a new site starts there, and the versions published until now stay in the old place only.',
  },
  'pages-other-source': {
    severity: 'warning',
    title: 'GitHub Pages deploys what a workflow uploads, not the branch of the site',
    remedy:
      'Choose _Deploy from a branch_, the branch of the site and `/ (root)` under _Settings › Pages_. If a workflow of yours deploys the branch, set `site-url`.',
  },
  permission: {
    severity: 'error',
    title: 'The token does not have the permission',
    remedy:
      'Give the job the permission that the message names, for example `pull-requests: write` for `mode: comment`.',
  },
  'place-taken': {
    severity: 'error',
    title: 'The site has something else in the place of a file',
    remedy:
      'The message names the folder, file or link on the site that is in the way. Move it away: it does not come from a publication.',
  },
  'platform-dependency': {
    severity: 'warning',
    title: 'A file for all platforms depends on a file for some of them',
    remedy: 'Write `platforms` for the file in the configuration, or take the dependency out.',
  },
  'platform-version': {
    severity: 'warning',
    title: 'The version of a plugin names a system, and its descriptor does not',
    remedy:
      'IDEs choose by system if the plugin depends on modules such as `com.intellij.modules.os.linux` and `com.intellij.modules.arch.x86_64`. The Gradle task `buildPluginVariants` writes them.',
  },
  'product-word': {
    severity: 'warning',
    title: 'The name of a plugin contains a word that says nothing about it',
    remedy: 'Leave out "plugin", "IntelliJ" and "JetBrains".',
  },
  'published-version': {
    severity: 'error',
    title: 'The version was published before, with other bytes',
    remedy: 'Give the plugin another version.',
  },
  race: {
    severity: 'error',
    title: 'Other runs changed the site again and again',
    remedy: 'Run again, or give the workflow a `concurrency` group so that its runs wait for each other.',
  },
  refused: {
    severity: 'error',
    title: 'The plan has errors, and nothing was written',
    remedy: 'Correct what the other messages name.',
  },
  remote: {
    severity: 'error',
    title: 'The remote repository or server cannot be reached, read or written',
    remedy:
      "The message contains git's or the server's own words, and names the permission or token that is missing.",
  },
  'remove-and-publish': {
    severity: 'error',
    title: 'A file is to be removed and published in the same run',
    remedy: 'Leave it out of one of the two.',
  },
  'removed-dependency': {
    severity: 'error',
    title: 'A file is removed that another file depends on',
    remedy: 'Keep it, remove both, or remove the dependency in the configuration.',
  },
  'reserved-id': {
    severity: 'warning',
    title: 'The id of a plugin begins with a reserved prefix',
    remedy: 'Choose an id that begins with a domain of yours.',
  },
  'reserved-path': {
    severity: 'either',
    title: 'A name is reserved for the files of the site itself or by git, or hidden',
    remedy: 'Choose another destination.',
  },
  'same-address': {
    severity: 'error',
    title: 'Two archives would have the same address on another server',
    remedy: 'Write `{id}` and `{version}` into `archive-url`, or give the archives other names.',
  },
  'same-name': {
    severity: 'either',
    title: 'Two names differ only in case, or in how their characters are encoded',
    remedy:
      'Publish the file under the name that the site has, or under a name that differs in more. Windows and macOS take the two for one file. It is a warning for a file that the site has already beside one of an upstream site, and for two jars that also differ in their versions: ImageJ does not replace the one by the other, and users get both.',
  },
  'several-descriptors': {
    severity: 'error',
    title: 'An archive contains several plugins',
    remedy: 'Publish each plugin in an archive of its own.',
  },
  'several-files': {
    severity: 'error',
    title: 'Several files would be published under one path',
    remedy: 'Make the pattern narrower, or delete old builds.',
  },
  'several-versions': {
    severity: 'error',
    title: 'Several artifacts are versions of one file',
    remedy: 'Make the pattern narrower, or delete old builds.',
  },
  'shadow-major-version': {
    severity: 'warning',
    title: 'A file was skipped because an upstream site serves another major version of it',
    remedy: 'Test with the version of the upstream site: it is the one that users get.',
  },
  'shadows-upstream': {
    severity: 'error',
    title: 'A file differs from the one that an upstream site serves',
    remedy: 'Leave it out, or choose with `on-shadow`.',
  },
  'short-description': {
    severity: 'warning',
    title: 'The description of a plugin is very short',
    remedy: 'Describe in some sentences what the plugin does.',
  },
  'since-build-wildcard': {
    severity: 'warning',
    title: 'The lower bound of the range of IDEs contains a wildcard',
    remedy: 'Write `since-build` without `*`, for example `242`.',
  },
  site: {
    severity: 'error',
    title: 'The folder or branch of the site cannot be used',
    remedy: 'The message names the reason.',
  },
  'site-near-limit': {
    severity: 'warning',
    title: 'The site is close to the limit of GitHub Pages (1 GB)',
    remedy: 'Delete payloads that the index no longer names.',
  },
  'site-too-large': {
    severity: 'warning',
    title: 'The site is over the limit of GitHub Pages (1 GB)',
    remedy: 'Delete payloads that the index no longer names.',
  },
  snapshot: {
    severity: 'warning',
    title: 'A SNAPSHOT version is published',
    remedy: 'Publish releases, or keep snapshots on a site of their own.',
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
      'A channel offers what the repository in the folder above offers. Remove the plugin there: publish without `channel`.',
  },
  'strict-until-build': {
    severity: 'warning',
    title: 'IDEs before 2025.3 refuse a plugin that the index offers them',
    remedy:
      'Set `until-build` to the value of `strict-until-build`, or leave it out. IDEs before 2025.3 only read `until-build` of the archive; the index has the strict one.',
  },
  'template-text': {
    severity: 'warning',
    title: 'A text of the descriptor is still that of the template',
    remedy: 'Describe what the plugin does.',
  },
  'timestamp-before-site': {
    severity: 'warning',
    title: 'The given timestamp is earlier than the index that users may have read',
    remedy:
      'Leave `timestamp` out. ImageJ does not offer a new file to users who have read a later index: [why](how-it-decides.md#timestamps).',
  },
  'timestamp-too-late': {
    severity: 'error',
    title: 'An index has a timestamp that no version can follow',
    remedy:
      'Every version must be later than the one before it, on this site and on upstream sites. Publish the file under another name, and let the maintainers of that site correct their index.',
  },
  'too-long': {
    severity: 'error',
    title: 'A text of the descriptor is longer than IDEs accept',
    remedy: 'Shorten the element that the message names.',
  },
  'unfetchable-name': {
    severity: 'either',
    title: 'A name contains `#`, `?` or `%` with two hexadecimal digits',
    remedy:
      'Rename the file: no client can download it, and every update that includes it fails as a whole. If the site has such a file already, remove it.',
  },
  'unknown-dependency': {
    severity: 'error',
    title: 'The configuration names a dependency that no site has',
    remedy: 'Publish it, or correct the name.',
  },
  'unknown-file': {
    severity: 'error',
    title: 'A file to be removed is not on the site',
    remedy: 'Check the name. The message suggests similar ones.',
  },
  'unreadable-artifact': {
    severity: 'either',
    title: 'A jar or archive is damaged',
    remedy: 'Build it again, and check it with `jar tf`.',
  },
  'unreadable-class': {
    severity: 'warning',
    title: 'A class file in a jar is damaged, or of a kind that is not known yet',
    remedy: 'Add the dependencies of the jar under `dependencies: add` in the configuration.',
  },
  'unresolved-dependency': {
    severity: 'error',
    title: '`with-dependencies` cannot determine what to publish',
    remedy: 'Run the build on the same machine first, or name `maven-repository`.',
  },
  unsigned: {
    severity: 'warning',
    title: 'A plugin comes unsigned, and the version before is signed',
    remedy:
      'Publish the signed archive: `files: build/distributions/*-signed.zip`. If the build skips `signPlugin`, check its secrets: [signing](jetbrains.md#signing).',
  },
  'until-build-nines': {
    severity: 'warning',
    title: 'The upper bound of the range of IDEs ends with nines in place of `*`',
    remedy:
      'Write `242.*`. IDEs read four nines or more (and 10000, 100000, …) as `*`; two or three are the number of an early build.',
  },
  'upstream-outdated': {
    severity: 'warning',
    title: 'An upstream site cannot be reached, and an earlier copy of its index was used',
    remedy: 'Run again later to be sure.',
  },
  'upstream-unreachable': {
    severity: 'error',
    title: 'An upstream site cannot be reached',
    remedy: 'Run again later, give its index as a file (`NAME=FILE`), or set `upstream: none`.',
  },
  'upstream-unreadable': {
    severity: 'error',
    title: 'The index of an upstream site cannot be read',
    remedy: 'Check the address. Give its index as a file (`NAME=FILE`), or set `upstream: none`.',
  },
  usage: {
    severity: 'error',
    title: 'An input or option is wrong',
    remedy: 'All mistakes are reported in one run; each message names its remedy.',
  },
  'variant-and-base': {
    severity: 'warning',
    title: 'A plugin comes in variants for systems, and in an archive for all of them',
    remedy:
      'IDEs prefer the variant for their system; those without one are offered the archive for all. If it is only a step of the build, make the pattern of `files` narrower.',
  },
  'variant-since-build': {
    severity: 'warning',
    title: 'A plugin for one system is for IDEs that do not know all systems',
    remedy:
      'Set `since-build` to 261 or later for variants. IDEs before 2026.1 do not know the modules of processors.',
  },
  'windows-name': {
    severity: 'warning',
    title: 'Windows cannot store a file of this name',
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

/** What a maintainer can make of a problem. */
export const PROBLEM_LEVELS = ['error', 'warning', 'ignore'] as const;
export type ProblemLevel = (typeof PROBLEM_LEVELS)[number];

/** What a code can be set to. What would break what users have, or cannot be published at all, stays an error. */
export function levelsOf({ severity, mayBeLowered }: ProblemCodeEntry): readonly ProblemLevel[] {
  return severity === 'warning' || mayBeLowered ? PROBLEM_LEVELS : ['error'];
}

/** Whether the catalogue contains a code from outside, and it can have this severity. */
export function isCodeOf(code: string, severity: Severity): code is ProblemCode {
  if (!Object.hasOwn(PROBLEM_CODES, code)) return false;
  const entry: ProblemCodeEntry = PROBLEM_CODES[code as ProblemCode];
  return entry.severity === 'either' || entry.severity === severity || levelsOf(entry).includes(severity);
}
