// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {Distributor} from "../../src/distribution/Distributor.sol";
import {DistributorFactory} from "../../src/distribution/DistributorFactory.sol";
import {IDistributor} from "../../src/distribution/IDistributor.sol";
import {IInvestorRegistry} from "../../src/registry/IInvestorRegistry.sol";
import {InvestorRegistry} from "../../src/registry/InvestorRegistry.sol";
import {TestStablecoin} from "../../src/testing/TestStablecoin.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {TrancheToken} from "../../src/token/TrancheToken.sol";
import {Test} from "../support/Vm.sol";

/// @notice What holders and those who push pay, as whole transactions on the project's own token and registry; snapshots in
///         Distributor.json
/// @dev Steady: the account was paid before and has cash. First: it never was and has none, which costs two new words.
contract DistributorGasTest is Test {
    uint256 private constant BATCH = 50;
    uint32 private constant PERIODS = 4;
    uint40 private constant START = 20_000 days;
    uint16 private constant RATE = 3_000;
    address private constant ALICE = address(0xA11CE);

    TestStablecoin private _cash = new TestStablecoin();
    Distributor private _distributor;

    function setUp() public {
        vm.warp(START);
        AccessManager manager = new AccessManager(address(this));
        InvestorRegistry registry = new InvestorRegistry(address(manager));
        ITrancheToken.TrancheTerms memory note;
        note.name = "Senior";
        note.symbol = "A";
        note.registry = registry;
        note.minter = address(this);
        note.authority = address(manager);
        note.recordDates = new uint40[](PERIODS);
        for (uint40 i; i < PERIODS; ++i) note.recordDates[i] = START + 30 days * (i + 1);
        ITrancheToken[] memory tokens = new ITrancheToken[](1);
        tokens[0] = new TrancheToken(note);
        _distributor = Distributor(
            address(
                new DistributorFactory().make(
                    IDistributor.DistributionTerms({
                        cash: _cash,
                        registry: registry,
                        authority: address(manager),
                        taxAccount: address(0x7A8),
                        unclaimed: IDistributor.UnclaimedRule(address(0x6EE9), 1_095, 30),
                        tokens: tokens
                    })
                )
            )
        );
        for (uint256 i; i <= BATCH; ++i) {
            address account = i == BATCH ? ALICE : _holder(i);
            registry.register(account, IInvestorRegistry.Entry(START + 3_650 days, 0, 276, 1, RATE, 0));
            tokens[0].mint(account, (i + 1) * 1_234_567_891);
        }
        for (uint32 period = 1; period <= PERIODS; ++period) _book(period);
    }

    function _book(uint32 period) private {
        vm.warp(START + 30 days * uint256(period));
        uint256[] memory amounts = new uint256[](2);
        (amounts[0], amounts[1]) = (8_000_001, 99_900_001);
        _cash.mint(address(_distributor), 107_900_002 * 10_000);
        _distributor.book(period, amounts);
    }

    function _holder(uint256 i) private pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encode(i)))));
    }

    function _all() private pure returns (address[] memory accounts) {
        accounts = new address[](BATCH);
        for (uint256 i; i < BATCH; ++i) accounts[i] = _holder(i);
    }

    function test_claim() public {
        vm.prank(ALICE);
        _distributor.claim(0, 1);
        vm.snapshotGasLastCall("Distributor", "claim with withholding: first of an account");
        vm.prank(ALICE);
        _distributor.claim(0, 2);
        isTrue(vm.snapshotGasLastCall("Distributor", "claim with withholding: steady") <= 66_000, "66,000");
        uint32[] memory periods = new uint32[](2);
        (periods[0], periods[1]) = (3, 4);
        _distributor.claimMany(ALICE, 0, periods);
        vm.snapshotGasLastCall("Distributor", "claim of two periods together: steady");
        _distributor.remitTax(0, 1);
        vm.snapshotGasLastCall("Distributor", "remit tax: first");
    }

    function test_push() public {
        equal(_distributor.push(0, 1, _all()), BATCH, "all");
        vm.snapshotGasLastCall("Distributor", "push to 50: first of all accounts");
        equal(_distributor.push(0, 2, _all()), BATCH, "all");
        uint256 steady = vm.snapshotGasLastCall("Distributor", "push to 50: steady");
        isTrue(steady <= 22_000 * BATCH, "22,000 a holder");
    }
}
