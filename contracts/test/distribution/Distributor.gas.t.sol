// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {DistributionFixture} from "../support/DistributionFixture.sol";

/// @notice What holders and those who push pay, as whole transactions; snapshots in Distributor.json
/// @dev Steady: the account was paid before and has cash. First: it never was and has none, which costs two new words.
contract DistributorGasTest is DistributionFixture {
    uint256 private constant BATCH = 50;

    function setUp() public override {
        super.setUp();
        for (uint32 period = 1; period <= 4; ++period) {
            for (uint256 i; i < BATCH; ++i) senior.set(_holder(i), period, (i + 1) * 1_000e6);
            senior.set(alice, period, 1_234_567_891);
            book(period, 8_000_001, 99_900_001, 0);
        }
        for (uint256 i; i < BATCH; ++i) withhold(_holder(i), 3_000);
        withhold(alice, 3_000);
    }

    function _holder(uint256 i) private pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encode(i)))));
    }

    function _all() private pure returns (address[] memory accounts) {
        accounts = new address[](BATCH);
        for (uint256 i; i < BATCH; ++i) accounts[i] = _holder(i);
    }

    function test_claim() public {
        vm.prank(alice);
        distributor.claim(0, 1);
        vm.snapshotGasLastCall("Distributor", "claim with withholding: first of an account");
        vm.prank(alice);
        distributor.claim(0, 2);
        isTrue(vm.snapshotGasLastCall("Distributor", "claim with withholding: steady") <= 66_000, "66,000");
    }

    function test_push() public {
        equal(distributor.push(0, 1, _all()), BATCH, "all");
        uint256 first = vm.snapshotGasLastCall("Distributor", "push to 50: first of all accounts");
        isTrue(first / BATCH <= 60_000, "60,000 a holder");
        equal(distributor.push(0, 2, _all()), BATCH, "all");
        uint256 steady = vm.snapshotGasLastCall("Distributor", "push to 50: steady");
        isTrue(steady / BATCH <= 22_000, "22,000 a holder");
    }
}
