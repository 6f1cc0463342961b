// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IDistributor} from "./IDistributor.sol";

/// @title Makes the Distributor of a deal for the vault that calls, in its constructor
/// @notice One serves all deals of a deployment. A vault that carried the Distributor's code itself would pass the limit
///         for code that creates a contract (EIP-3860) with the terms of a long deal.
interface IDistributorFactory {
    /// @notice A Distributor was made for a vault
    event DistributorMade(address indexed vault, address distributor);

    /// @notice Makes a Distributor whose vault is the caller
    function make(IDistributor.DistributionTerms memory terms) external returns (IDistributor distributor);
}
