// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title What a token knows of a holder, in one word
/// @notice From the lowest bit:
///         balance 72 · record 72, the balance at the record dates that the last touch closed · touched 16, how many record
///         dates were over then · next 40, the instant of the record date after it · count 16, checkpoints in the history ·
///         flags 8 · country 16 and categories 16, as the holder was counted when its balance began.
///         The zero address' holding is the supply. No holding reaches 2^69, so adding to the lowest bits never carries.
library Holding {
    /// @dev Bound of every balance and of the supply: a checkpoint has 69 bits for one.
    uint256 internal constant LIMIT = 1 << 69;
    /// @dev The token's own freeze of an account, beside the registry's.
    uint256 internal constant FROZEN = 1 << 216;
    /// @dev Part of the balance is frozen: the amount lies in a slot of its own.
    uint256 internal constant PARTLY_FROZEN = 1 << 217;
    /// @dev Counted as one of several wallets of an investor.
    uint256 internal constant SHARED = 1 << 218;

    uint256 private constant BALANCE = (1 << 72) - 1;
    uint256 private constant KIND = uint256(type(uint32).max) << 224;
    /// @dev record, touched, next and count
    uint256 private constant RECORDS = ((1 << 144) - 1) << 72;

    function balance(uint256 holding) internal pure returns (uint256) {
        return holding & BALANCE;
    }

    function record(uint256 holding) internal pure returns (uint256) {
        return (holding >> 72) & BALANCE;
    }

    function touched(uint256 holding) internal pure returns (uint256) {
        return uint16(holding >> 144);
    }

    function next(uint256 holding) internal pure returns (uint256) {
        return uint40(holding >> 160);
    }

    function count(uint256 holding) internal pure returns (uint256) {
        return uint16(holding >> 200);
    }

    /// @notice Country in the lowest 16 bits, categories in the next 16
    function kind(uint256 holding) internal pure returns (uint256) {
        return holding >> 224;
    }

    function withKind(uint256 holding, uint256 kind_) internal pure returns (uint256) {
        return (holding & ~(KIND | SHARED)) | (kind_ << 224);
    }

    function withRecords(
        uint256 holding,
        uint256 record_,
        uint256 touched_,
        uint256 next_,
        uint256 count_
    ) internal pure returns (uint256) {
        return (holding & ~RECORDS) | (record_ << 72) | (touched_ << 144) | (next_ << 160) | (count_ << 200);
    }
}
