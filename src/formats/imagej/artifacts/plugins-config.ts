/** The list of the commands of an ImageJ 1.x plugin, at the root of its jar. */
export const PLUGINS_CONFIG = 'plugins.config';

/**
 * Returns the classes that a `plugins.config` names, such as `org.example.My_Tool`. The form of a line is
 * `Menu>Path, "Label", package.Class("argument")`. Other lines are comments or separators.
 */
export function parsePluginsConfig(text: string): readonly string[] {
  const names = text.split(/\r\n|\r|\n/).flatMap((line) => {
    if (line.trimStart().startsWith('#')) return [];
    const name = /^[^,"]+,\s*"[^"]*"\s*,\s*([\p{ID_Start}_$][\p{ID_Continue}$.]*)\s*(?:\(.*\)\s*)?$/u.exec(
      line,
    )?.[1];
    return name === undefined ? [] : [name];
  });
  return [...new Set(names)];
}
