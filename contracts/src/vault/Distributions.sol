// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";
import {IDealVault} from "./IDealVault.sol";

/// @title One class's distributions: what each period paid, who claimed, and the dust that is carried on
/// @notice A holder gets floor(amount × balance ÷ supply) of interest and of principal, both at the record date. When
///         the whole record-date supply has claimed a period, its remainder goes into the class's next distribution.
library Distributions {
    using BitMaps for BitMaps.BitMap;
    using SafeCast for uint256;

    struct Dust {
        uint128 interest;
        uint128 principal;
    }

    struct Class {
        mapping(uint32 period => IDealVault.Distribution) periods;
        mapping(address account => BitMaps.BitMap) claimed;
        Dust dust;
    }

    /// @notice A holder's balance and the supply at the record date
    struct Holding {
        uint256 balance;
        uint256 supply;
    }

    /// @notice Records what the program paid to the class, in base units
    /// @param dusty whether some class of the deal has dust, so that most settlements need not look for it
    function book(Class storage class, uint32 period, uint256 interest, uint256 principal, bool dusty) internal {
        if (dusty) {
            Dust memory dust = class.dust;
            if ((dust.interest | dust.principal) != 0) delete class.dust;
            interest += dust.interest;
            principal += dust.principal;
        }
        if ((interest | principal) == 0) return;
        _write(class.periods[period], interest.toUint128(), principal.toUint128());
    }

    /// @notice What a holding is due for a period
    function shareOf(
        Class storage class,
        uint32 period,
        Holding memory holding
    ) internal view returns (uint256 interest, uint256 principal) {
        IDealVault.Distribution storage paid = class.periods[period];
        interest = Math.mulDiv(paid.interest, holding.balance, holding.supply);
        principal = Math.mulDiv(paid.principal, holding.balance, holding.supply);
    }

    /// @notice Marks a holder's claim as paid; the caller sends the money
    /// @return interest the holder's share
    /// @return principal the holder's share
    /// @return dusty whether this was the period's last claim and left dust
    function take(
        Class storage class,
        uint32 period,
        address account,
        Holding memory holding
    ) internal returns (uint256 interest, uint256 principal, bool dusty) {
        (interest, principal) = shareOf(class, period, holding);
        class.claimed[account].set(period);
        IDealVault.Distribution storage paid = class.periods[period];
        // Shares are floors of amounts below 2^128, and balances at a record date add up to its supply.
        paid.interestPaid += uint128(interest);
        paid.principalPaid += uint128(principal);
        paid.claimedBalance += holding.balance;
        if (paid.claimedBalance == holding.supply) {
            uint128 interestLeft = paid.interest - paid.interestPaid;
            uint128 principalLeft = paid.principal - paid.principalPaid;
            dusty = (interestLeft | principalLeft) != 0;
            if (!dusty) return (interest, principal, dusty);
            class.dust.interest += interestLeft;
            class.dust.principal += principalLeft;
        }
    }

    /// @notice Whether the period paid the class anything and the account has not claimed it
    function isOpen(Class storage class, uint32 period, address account) internal view returns (bool) {
        IDealVault.Distribution storage paid = class.periods[period];
        return (paid.interest | paid.principal) != 0 && !class.claimed[account].get(period);
    }

    /// @dev Interest and principal are the first storage word of a distribution: one write instead of two.
    function _write(IDealVault.Distribution storage paid, uint128 interest, uint128 principal) private {
        assembly ("memory-safe") {
            sstore(paid.slot, or(shl(128, principal), interest))
        }
    }
}
