// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IInvestorRegistry} from "../registry/IInvestorRegistry.sol";
import {ITrancheToken} from "../token/ITrancheToken.sol";
import {IDistributor} from "./IDistributor.sol";

/// @title What a Distributor is made with and never changes
abstract contract DistributorTerms is IDistributor {
    /// @inheritdoc IDistributor
    address public immutable vault;
    /// @inheritdoc IDistributor
    IERC20 public immutable cash;
    /// @inheritdoc IDistributor
    IInvestorRegistry public immutable registry;
    /// @inheritdoc IDistributor
    address public immutable taxAccount;
    /// @inheritdoc IDistributor
    uint256 public immutable unit;
    /// @inheritdoc IDistributor
    uint256 public immutable grain;

    uint256 internal immutable GRAINS_PER_CENT;
    uint256 internal immutable TRANCHES;
    address internal immutable UNCLAIMED_TO;
    uint256 internal immutable UNCLAIMED_AFTER;
    uint256 internal immutable UNCLAIMED_DELAY;

    /// @dev Reading a token's address from storage would be a thirtieth of a claim; most deals have few classes.
    address private immutable TOKEN_0;
    address private immutable TOKEN_1;
    address private immutable TOKEN_2;
    address private immutable TOKEN_3;
    address private immutable TOKEN_4;
    address private immutable TOKEN_5;
    uint256 private constant IN_CODE = 6;
    ITrancheToken[] private _tokens;

    constructor(address vault_, DistributionTerms memory terms) {
        uint256 count = terms.tokens.length;
        require(
            count != 0 &&
                address(terms.registry) != address(0) &&
                terms.taxAccount != address(0) &&
                terms.unclaimed.to != address(0),
            TermsIncomplete()
        );
        for (uint256 i; i < count; ++i) {
            require(address(terms.tokens[i]) != address(0), TermsIncomplete());
        }
        uint8 decimals = IERC20Metadata(address(terms.cash)).decimals();
        require(decimals >= 2 && decimals <= 24, CashDecimals(decimals));
        vault = vault_;
        cash = terms.cash;
        registry = terms.registry;
        taxAccount = terms.taxAccount;
        unit = 10 ** (decimals - 2);
        grain = decimals > 6 ? 10 ** (decimals - 6) : 1;
        GRAINS_PER_CENT = decimals > 6 ? 10_000 : 10 ** (decimals - 2);
        UNCLAIMED_TO = terms.unclaimed.to;
        UNCLAIMED_AFTER = terms.unclaimed.afterDays;
        UNCLAIMED_DELAY = terms.unclaimed.delayDays;
        TRANCHES = count;
        TOKEN_0 = address(terms.tokens[0]);
        TOKEN_1 = count > 1 ? address(terms.tokens[1]) : address(0);
        TOKEN_2 = count > 2 ? address(terms.tokens[2]) : address(0);
        TOKEN_3 = count > 3 ? address(terms.tokens[3]) : address(0);
        TOKEN_4 = count > 4 ? address(terms.tokens[4]) : address(0);
        TOKEN_5 = count > 5 ? address(terms.tokens[5]) : address(0);
        _tokens = terms.tokens;
    }

    /// @inheritdoc IDistributor
    function tokens() external view returns (ITrancheToken[] memory) {
        return _tokens;
    }

    /// @inheritdoc IDistributor
    function unclaimedRule() external view returns (UnclaimedRule memory) {
        return UnclaimedRule(UNCLAIMED_TO, uint16(UNCLAIMED_AFTER), uint16(UNCLAIMED_DELAY));
    }

    /// @dev The token of a tranche, which must exist.
    function _token(uint256 tranche) internal view returns (address) {
        if (tranche == 0) return TOKEN_0;
        require(tranche < TRANCHES, NoSuchTranche(tranche));
        if (tranche >= IN_CODE) return address(_tokens[tranche]);
        if (tranche < 3) return tranche == 1 ? TOKEN_1 : TOKEN_2;
        return tranche == 3 ? TOKEN_3 : (tranche == 4 ? TOKEN_4 : TOKEN_5);
    }
}
