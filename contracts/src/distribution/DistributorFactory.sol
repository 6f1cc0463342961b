// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Distributor} from "./Distributor.sol";
import {IDistributor} from "./IDistributor.sol";
import {IDistributorFactory} from "./IDistributorFactory.sol";

/// @title DistributorFactory
contract DistributorFactory is IDistributorFactory {
    /// @inheritdoc IDistributorFactory
    function make(IDistributor.DistributionTerms memory terms) external returns (IDistributor distributor) {
        distributor = new Distributor(msg.sender, terms);
        emit DistributorMade(msg.sender, address(distributor));
    }
}
