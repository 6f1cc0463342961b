/** The names under which tapes state what Weir reads; a source finds its header and its assets by them. */
export interface Vocabulary {
  /** Whether a text is the name of a field, or a known other name of one. */
  knows(name: string): boolean;
  /** All standard names of the asset class that some names are of: an element may be absent from the first assets. */
  completed(names: readonly string[]): readonly string[];
}

/** Field codes of the ESMA templates for underlying exposures and their collateral. */
export const isEsmaCode = (name: string): boolean => /^(RRE|CRE|AUT|CMR|CCD|LES|ESO|CRP)[LCTD]\d{1,3}$/.test(name);
