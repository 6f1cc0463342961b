// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title A dollar for local chains only: anybody may mint any amount
/// @dev Never deploy it where money has a meaning.
contract TestStablecoin is ERC20, ERC20Permit {
    constructor() ERC20("Weir Test Dollar", "tUSD") ERC20Permit("Weir Test Dollar") {}

    /// @notice Mints to any account, for anybody
    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    /// @notice Six decimals, as the settlement stablecoins in use have
    function decimals() public pure override returns (uint8) {
        return 6;
    }
}
