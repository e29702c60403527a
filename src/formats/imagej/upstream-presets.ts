import type { UpstreamRules } from '../format.js';
import { description } from './description.js';

/** The update sites and the Java version of each edition of Fiji (spec, section 8). */
export const UPSTREAM: UpstreamRules = {
  usual: description.options.upstream.usual,
  presets: {
    'fiji-latest': {
      sites: [{ name: 'Fiji-Latest', location: 'https://sites.imagej.net/Fiji/db.xml.gz' }],
      java: 21,
    },
    'fiji-stable': {
      sites: [
        { name: 'ImageJ', location: 'https://update.imagej.net/db.xml.gz' },
        { name: 'Fiji', location: 'https://update.fiji.sc/db.xml.gz' },
        { name: 'Java-8', location: 'https://sites.imagej.net/Java-8/db.xml.gz' },
      ],
      java: 8,
    },
  },
};
