/** What a deal's collateral is asked to be: at most one of them. */
export interface CollateralOrder {
  /** Lines as CSV or YAML. */
  readonly pool: string | null;
  /** An imported tape of the deal. */
  readonly tapeId: string | null;
  /** Collateral cash flows from elsewhere, as CSV: a row a payment date. */
  readonly collections: string | null;
}

/** A deal whose class the set's deal, or one that it owns a class of, owns: one of the platform, or a document. */
export interface OwnedOrder extends CollateralOrder {
  /** The name that its owner's document has for it; `mid.tiny` is what `mid` owns as `tiny`. */
  readonly name: string;
  readonly dealId: string | null;
  readonly document: string | null;
  /** The settled period of a deal of the platform after which it is taken up; 0 is closing. */
  readonly fromPeriod: number;
  /** Where a deal that is given as a document stands, as `weir pay` writes it; null at closing. */
  readonly state: string | null;
  /** Text of a scenario file: futures of its own; null for those of the set. */
  readonly scenarios: string | null;
}

/** What a set is asked with. */
export interface SetOrder extends CollateralOrder {
  /** Text of the set file. */
  readonly set: string;
  /**
   * The settled period after which the deal is taken up; 0 is closing. Without any other collateral the set runs over the tape
   * that this period was paid on.
   */
  readonly fromPeriod: number;
  /** Published rates (CSV); null for none. */
  readonly fixings: string | null;
  readonly underlying: readonly OwnedOrder[];
  /** Report items that nothing gives are zero. */
  readonly assumeZero: boolean;
  /** The most of a tape's balance, as a share, that loans may have which cannot be projected; they are left out. Null for what is usual. */
  readonly leaveOut: number | null;
}

/** An owned deal of a set, as its record states it. */
export interface OwnedBasis {
  readonly name: string;
  readonly dealId: string | null;
  readonly documentHash: string;
  readonly programHash: string;
  readonly fromPeriod: number;
  readonly stateHash: string | null;
  readonly tapeId: string | null;
  readonly tapeSha256: string | null;
}

/** What of the platform's data a set runs on, as its record states it. */
export interface SetBasis {
  readonly fromPeriod: number;
  /** Hash of the state that the vault has after that period; null at closing. */
  readonly stateHash: string | null;
  readonly tapeId: string | null;
  /** SHA-256 of the tape's file. */
  readonly tapeSha256: string | null;
  /** SHA-256 of the text of the fixings and of the collections. */
  readonly fixingsSha256: string | null;
  readonly collectionsSha256: string | null;
  readonly underlying: readonly OwnedBasis[];
}
