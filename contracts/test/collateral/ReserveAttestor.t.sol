// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IReserveAttestor} from "../../src/collateral/IReserveAttestor.sol";
import {ReserveAttestor} from "../../src/collateral/ReserveAttestor.sol";
import {Strangers} from "../support/Strangers.sol";
import {CollateralFixture} from "./CollateralFixture.sol";

/// @notice Who attests, when an attestation counts, and what it covers
contract ReserveAttestorTest is CollateralFixture, Strangers {
    uint256 private constant NOW = 1_000_000;

    ReserveAttestor private _attestor;
    /// @dev Keys whose addresses increase.
    uint256[3] private _keys;
    address[3] private _signers;

    function setUp() public override {
        super.setUp();
        vm.warp(NOW);
        for (uint256 key = 1; key <= 3; ++key) _insert(key);
        address[] memory first = new address[](3);
        (first[0], first[1], first[2]) = (_signers[0], _signers[1], _signers[2]);
        _attestor = new ReserveAttestor(address(manager), first, 2);
    }

    function _insert(uint256 key) private {
        address signer = vm.addr(key);
        uint256 place;
        while (_signers[place] != address(0) && _signers[place] < signer) ++place;
        for (uint256 i = 2; i > place; --i) (_keys[i], _signers[i]) = (_keys[i - 1], _signers[i - 1]);
        (_keys[place], _signers[place]) = (key, signer);
    }

    function _attestation() private view returns (IReserveAttestor.Attestation memory) {
        return
            IReserveAttestor.Attestation({
                vault: address(deal),
                poolRoot: keccak256("pool"),
                collateral: 900,
                reserve: 100,
                asOf: uint40(NOW - 1 days),
                validUntil: uint40(NOW + 30 days)
            });
    }

    function _sign(uint256 key, bytes32 digest) private returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function _signed(
        IReserveAttestor.Attestation memory attestation,
        uint256 first,
        uint256 second
    ) private returns (address[] memory signers, bytes[] memory signatures) {
        (signers, signatures) = (new address[](2), new bytes[](2));
        bytes32 digest = _attestor.attestationDigest(attestation);
        (signers[0], signers[1]) = (_signers[first], _signers[second]);
        (signatures[0], signatures[1]) = (_sign(_keys[first], digest), _sign(_keys[second], digest));
    }

    function _attest(IReserveAttestor.Attestation memory attestation) private {
        (address[] memory signers, bytes[] memory signatures) = _signed(attestation, 0, 1);
        _attestor.attest(attestation, signers, signatures);
    }

    function _refuse(IReserveAttestor.Attestation memory attestation, bytes memory failure) private {
        (address[] memory signers, bytes[] memory signatures) = _signed(attestation, 0, 1);
        vm.expectRevert(failure);
        _attestor.attest(attestation, signers, signatures);
    }

    function test_coversUpToCollateralAndReserve() public {
        vm.expectRevert(abi.encodeWithSelector(IReserveAttestor.NotAttested.selector, deal));
        _attestor.requireCovered(address(deal), 1);
        _attest(_attestation());
        equal(_attestor.attestationOf(address(deal)).collateral, 900, "kept");
        _attestor.requireCovered(address(deal), 1_000);
        vm.expectRevert(abi.encodeWithSelector(IReserveAttestor.ExceedsCollateral.selector, 1_001, 1_000));
        _attestor.requireCovered(address(deal), 1_001);
        vm.expectRevert(abi.encodeWithSelector(IReserveAttestor.NotAttested.selector, other));
        _attestor.requireCovered(address(other), 1);
        vm.warp(NOW + 30 days - 1);
        _attestor.requireCovered(address(deal), 1_000);
        vm.warp(NOW + 30 days);
        vm.expectRevert(abi.encodeWithSelector(IReserveAttestor.NotAttested.selector, deal));
        _attestor.requireCovered(address(deal), 1);
    }

    function test_datesOfAnAttestation() public {
        bytes4 invalid = IReserveAttestor.DatesInvalid.selector;
        IReserveAttestor.Attestation memory attestation = _attestation();
        attestation.asOf = uint40(NOW + 1);
        _refuse(attestation, abi.encodeWithSelector(invalid, NOW + 1, NOW + 30 days));
        (attestation.asOf, attestation.validUntil) = (uint40(NOW), uint40(NOW));
        _refuse(attestation, abi.encodeWithSelector(invalid, NOW, NOW));
        attestation.validUntil = uint40(NOW + 1);
        _attest(attestation);
        // The same again is a replay, and an earlier one is stale.
        _refuse(attestation, abi.encodeWithSelector(invalid, NOW, NOW + 1));
        attestation.asOf = uint40(NOW - 1);
        _refuse(attestation, abi.encodeWithSelector(invalid, NOW - 1, NOW + 1));
    }

    function test_aQuorumOfDistinctSigners() public {
        IReserveAttestor.Attestation memory attestation = _attestation();
        (address[] memory signers, bytes[] memory signatures) = _signed(attestation, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IReserveAttestor.SignersUnordered.selector, 1));
        _attestor.attest(attestation, signers, signatures);
        (signers, signatures) = _signed(attestation, 1, 0);
        vm.expectRevert(abi.encodeWithSelector(IReserveAttestor.SignersUnordered.selector, 1));
        _attestor.attest(attestation, signers, signatures);
        (signers, signatures) = _signed(attestation, 0, 1);
        bytes32 digest = _attestor.attestationDigest(attestation);
        signatures[1] = _sign(_keys[2], digest);
        vm.expectRevert(abi.encodeWithSelector(IReserveAttestor.BadSignature.selector, _signers[1], digest));
        _attestor.attest(attestation, signers, signatures);
        vm.expectRevert(abi.encodeWithSelector(IReserveAttestor.SignatureCount.selector, 2, 1));
        _attestor.attest(attestation, signers, new bytes[](1));
        vm.expectRevert(abi.encodeWithSelector(IReserveAttestor.SignatureCount.selector, 2, 0));
        _attestor.attest(attestation, new address[](0), signatures);
        _attestor.setSigner(_signers[1], false);
        vm.expectRevert(abi.encodeWithSelector(IReserveAttestor.NotSigner.selector, _signers[1]));
        _attestor.attest(attestation, signers, signatures);
    }

    function test_partiesOfTheDealDoNotAttestIt() public {
        deal.setParty(_signers[1], 8);
        _refuse(_attestation(), abi.encodeWithSelector(IReserveAttestor.NotIndependent.selector, _signers[1]));
    }

    /// @dev A signature for another chain, attestor or deal is another digest.
    function test_signaturesAreOfOneAttestorAndOneChain() public {
        IReserveAttestor.Attestation memory attestation = _attestation();
        (address[] memory signers, bytes[] memory signatures) = _signed(attestation, 0, 1);
        address[] memory all = new address[](2);
        (all[0], all[1]) = (_signers[0], _signers[1]);
        ReserveAttestor second = new ReserveAttestor(address(manager), all, 2);
        vm.expectPartialRevert(IReserveAttestor.BadSignature.selector);
        second.attest(attestation, signers, signatures);
        attestation.vault = address(other);
        vm.expectPartialRevert(IReserveAttestor.BadSignature.selector);
        _attestor.attest(attestation, signers, signatures);
        attestation.vault = address(deal);
        vm.chainId(5);
        vm.expectPartialRevert(IReserveAttestor.BadSignature.selector);
        _attestor.attest(attestation, signers, signatures);
    }

    function test_signersAndThreshold() public {
        (uint256 threshold, uint256 count) = _attestor.quorum();
        isTrue(threshold == 2 && count == 3, "two of three");
        bytes4 invalid = IReserveAttestor.ThresholdInvalid.selector;
        vm.expectRevert(abi.encodeWithSelector(invalid, 0, 3));
        _attestor.setThreshold(0);
        vm.expectRevert(abi.encodeWithSelector(invalid, 4, 3));
        _attestor.setThreshold(4);
        _attestor.setThreshold(3);
        vm.expectRevert(abi.encodeWithSelector(invalid, 3, 2));
        _attestor.setSigner(_signers[0], false);
        vm.expectRevert(abi.encodeWithSelector(IReserveAttestor.SignerUnchanged.selector, _signers[0]));
        _attestor.setSigner(_signers[0], true);
        vm.expectRevert(abi.encodeWithSelector(IReserveAttestor.ZeroAddress.selector));
        _attestor.setSigner(address(0), true);
        vm.startPrank(_signers[0]);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, _signers[0]));
        _attestor.setSigner(_signers[1], false);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, _signers[0]));
        _attestor.setThreshold(1);
    }

    /// @dev Any order of admissions and removals: the threshold is never more than there are signers.
    function testFuzz_setSigner(uint256 by, uint256[6] calldata who, uint8 turns) public {
        bytes memory data = abi.encodeCall(_attestor.setSigner, (someone(by), true));
        unauthorised(by, address(_attestor), data);
        for (uint256 i; i < 6; ++i) {
            address signer = who[i] % 4 < 3 ? _signers[who[i] % 4] : someone(who[i] % 3);
            bool admitted = (turns >> i) & 1 == 1;
            (uint256 threshold, uint256 count) = _attestor.quorum();
            bool changes = _attestor.isSigner(signer) != admitted;
            bool enough = admitted || count > threshold;
            if (!changes) vm.expectRevert(abi.encodeWithSelector(IReserveAttestor.SignerUnchanged.selector, signer));
            else if (!enough) vm.expectPartialRevert(IReserveAttestor.ThresholdInvalid.selector);
            _attestor.setSigner(signer, admitted);
            (uint256 least, uint256 left) = _attestor.quorum();
            isTrue(least == threshold && least <= left, "still a quorum");
            if (changes && enough) equal(left, admitted ? count + 1 : count - 1, "counted");
        }
    }

    function testFuzz_setThreshold(uint256 by, uint256 threshold) public {
        if (by % 2 == 0) threshold %= 6;
        unauthorised(by, address(_attestor), abi.encodeCall(_attestor.setThreshold, (threshold)));
        bool valid = threshold != 0 && threshold <= 3;
        bytes4 invalid = IReserveAttestor.ThresholdInvalid.selector;
        if (!valid) vm.expectRevert(abi.encodeWithSelector(invalid, threshold, 3));
        _attestor.setThreshold(threshold);
        (uint256 kept, ) = _attestor.quorum();
        equal(kept, valid ? threshold : 2, "as said");
    }

    function testFuzz_setAuthority(uint256 by) public {
        authorityStays(by, address(_attestor));
    }

    function testFuzz_attest_coversNoMore(uint128 collateral, uint128 reserve, uint256 face) public {
        IReserveAttestor.Attestation memory attestation = _attestation();
        (attestation.collateral, attestation.reserve) = (collateral, reserve);
        _attest(attestation);
        uint256 attested = uint256(collateral) + reserve;
        bytes memory failure = abi.encodeWithSelector(IReserveAttestor.ExceedsCollateral.selector, face, attested);
        if (face > attested) vm.expectRevert(failure);
        _attestor.requireCovered(address(deal), face);
    }
}
