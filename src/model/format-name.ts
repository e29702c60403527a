/** The kinds of sites that can be published. */
export const FORMAT_NAMES = ['imagej', 'jetbrains'] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];
