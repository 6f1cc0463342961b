// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

/// @title A quantity's values at record dates, written only when it is touched after one
/// @notice Keys are record date numbers; a checkpoint holds from its key on, until the next checkpoint.
library RecordSeries {
    using Checkpoints for Checkpoints.Trace208;

    /// @param touched how many record dates were over at the last touch: for later ones the current value holds
    struct Series {
        uint48 touched;
        Checkpoints.Trace208 history;
    }

    /// @notice Must be called before the value changes, with the value as it is
    /// @param over number of record dates that are over
    function touch(Series storage series, uint256 over, uint256 current) internal {
        uint48 touched = series.touched;
        if (touched == over) return;
        // Every record date after the last touch saw the current value. A value that did not change needs no new entry.
        if (series.history.latest() != current) series.history.push(touched + 1, SafeCast.toUint208(current));
        series.touched = SafeCast.toUint48(over);
    }

    /// @notice The value at a record date that is over
    function valueAt(Series storage series, uint256 recordDate, uint256 current) internal view returns (uint256) {
        if (recordDate > series.touched) return current;
        return series.history.upperLookup(SafeCast.toUint48(recordDate));
    }
}
