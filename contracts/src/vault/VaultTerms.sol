// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IDealControl} from "../control/IDealControl.sol";
import {IDistributor} from "../distribution/IDistributor.sol";
import {IProgramStore} from "../program/IProgramStore.sol";
import {IInvestorRegistry} from "../registry/IInvestorRegistry.sol";
import {ITrancheToken} from "../token/ITrancheToken.sol";
import {IDealVault} from "./IDealVault.sol";

/// @title What a vault is made with and never changes
abstract contract VaultTerms is IDealVault {
    /// @inheritdoc IDealVault
    IERC20 public immutable cash;
    /// @inheritdoc IDealVault
    IInvestorRegistry public immutable registry;
    /// @inheritdoc IDealVault
    IDealControl public immutable control;
    /// @inheritdoc IDealVault
    address public immutable offering;
    /// @inheritdoc IDealVault
    IDistributor public immutable distributor;
    /// @inheritdoc IDealVault
    uint256 public immutable unit;

    /// @inheritdoc IDealVault
    IProgramStore public immutable programs;

    ITrancheToken[] internal _tokens;

    constructor(DealTerms memory terms) {
        require(
            terms.offering != address(0) &&
                address(terms.registry) != address(0) &&
                address(terms.control) != address(0),
            ZeroAddress()
        );
        cash = terms.cash;
        registry = terms.registry;
        control = terms.control;
        offering = terms.offering;
        programs = terms.programs;
        uint8 decimals = IERC20Metadata(address(terms.cash)).decimals();
        require(decimals >= 2, CashDecimals(decimals));
        unit = 10 ** (decimals - 2);
        for (uint256 i; i < terms.tokens.length; ++i) _tokens.push(terms.tokens[i]);
        DistributionSetup memory setup = terms.distribution;
        distributor = setup.factory.make(
            IDistributor.DistributionTerms({
                cash: terms.cash,
                registry: terms.registry,
                authority: setup.authority,
                taxAccount: setup.taxAccount,
                unclaimed: setup.unclaimed,
                tokens: terms.tokens
            })
        );
    }

    /// @inheritdoc IDealVault
    function partiesOf(address account) external view returns (uint8) {
        return control.partiesOf(account);
    }

    /// @inheritdoc IDealVault
    function tokens() external view returns (ITrancheToken[] memory) {
        return _tokens;
    }
}
