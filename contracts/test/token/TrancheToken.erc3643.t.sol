// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Reasons} from "../../src/access/Reasons.sol";
import {InvestorRegistry} from "../../src/registry/InvestorRegistry.sol";
import {ICompliance} from "../../src/token/ICompliance.sol";
import {IERC3643} from "../../src/token/IERC3643.sol";
import {IERC7943Fungible} from "../../src/token/IERC7943Fungible.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {TokenFixture} from "../support/TokenFixture.sol";

/// @notice A compliance contract that refuses odd amounts and counts what it is told
contract EvenCompliance is ICompliance {
    address public bound;
    uint256 public moved;
    uint256 public minted;
    uint256 public burned;

    function canTransfer(address, address, uint256 amount) external pure returns (bool) {
        return amount % 2 == 0;
    }

    function transferred(address, address, uint256 amount) external {
        moved += amount;
    }

    function created(address, uint256 amount) external {
        minted += amount;
    }

    function destroyed(address, uint256 amount) external {
        burned += amount;
    }

    function bindToken(address token) external {
        bound = token;
    }

    function unbindToken(address) external {
        bound = address(0);
    }
}

/// @notice What ERC-3643 and ERC-7943 ask of a token: information, pause, freezes, forced transfer, minting and burning,
///         recovery, batches, agents, compliance
contract TrancheTokenErc3643Test is TokenFixture {
    bytes4 private constant FUNGIBLE = 0x3edbb4c4;

    function setUp() public override {
        super.setUp();
        token.mint(alice, 1_000);
        token.mint(bob, 500);
    }

    function _onlyAgents(bytes memory call) private {
        vm.prank(stranger);
        (bool done, bytes memory answer) = address(token).call(call);
        isTrue(!done, "refused");
        bytes memory expected = abi.encodeWithSelector(ITrancheToken.NotAgent.selector, stranger);
        isTrue(keccak256(answer) == keccak256(expected), "because the caller is no agent");
    }

    function _onlyOwner(bytes memory call) private {
        vm.prank(stranger);
        (bool done, bytes memory answer) = address(token).call(call);
        isTrue(!done, "refused");
        bytes memory expected = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger);
        isTrue(keccak256(answer) == keccak256(expected), "because the caller has not the role");
    }

    // Information.

    function test_information() public {
        same(token.name(), "Class A");
        same(token.symbol(), "A");
        equal(token.decimals(), 6, "decimals");
        same(token.version(), "1.0.0");
        isTrue(token.identityRegistry() == address(registry), "registry");
        isTrue(token.compliance() == address(token), "the token answers itself");
        vm.expectEmit();
        emit IERC3643.UpdatedTokenInformation("Class A-1", "A", 6, "1.0.0", address(0));
        token.setName("Class A-1");
        same(token.name(), "Class A-1");
        token.setSymbol("A1");
        same(token.symbol(), "A1");
        token.setOnchainID(alice);
        isTrue(token.onchainID() == alice, "onchainID");
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.EmptyText.selector));
        token.setName("");
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.EmptyText.selector));
        token.setSymbol("");
    }

    function test_ownersFunctionsAreTheOwners() public {
        _onlyOwner(abi.encodeCall(token.setName, ("X")));
        _onlyOwner(abi.encodeCall(token.setSymbol, ("X")));
        _onlyOwner(abi.encodeCall(token.setOnchainID, (bob)));
        _onlyOwner(abi.encodeCall(token.setIdentityRegistry, (bob)));
        _onlyOwner(abi.encodeCall(token.setCompliance, (bob)));
        _onlyOwner(abi.encodeCall(token.addAgent, (stranger)));
        _onlyOwner(abi.encodeCall(token.removeAgent, (address(this))));
        _onlyOwner(abi.encodeCall(token.setRules, (noRules())));
        _onlyOwner(abi.encodeCall(token.setStopped, (true)));
        _onlyOwner(abi.encodeCall(token.setCountryCap, (1, 1)));
        _onlyOwner(abi.encodeCall(token.setCategoryCap, (1, 1)));
        _onlyOwner(abi.encodeCall(token.setDocument, ("X", "X", "X")));
        _onlyOwner(abi.encodeCall(token.removeDocument, ("X")));
    }

    function test_agentsFunctionsAreTheAgents() public {
        _onlyAgents(abi.encodeCall(token.pause, ()));
        _onlyAgents(abi.encodeCall(token.unpause, ()));
        _onlyAgents(abi.encodeCall(token.setAddressFrozen, (alice, true)));
        _onlyAgents(abi.encodeCall(token.freezePartialTokens, (alice, 1)));
        _onlyAgents(abi.encodeCall(token.unfreezePartialTokens, (alice, 1)));
        _onlyAgents(abi.encodeCall(token.setFrozenTokens, (alice, 1)));
        _onlyAgents(abi.encodeCall(token.forcedTransfer, (alice, bob, 1)));
        _onlyAgents(abi.encodeCall(token.burn, (alice, 1)));
        _onlyAgents(abi.encodeCall(token.recoveryAddress, (alice, bob, alice)));
        uint256[] memory amounts = one(1);
        bool[] memory freezes = new bool[](1);
        _onlyAgents(abi.encodeCall(token.batchForcedTransfer, (one(alice), one(bob), amounts)));
        _onlyAgents(abi.encodeCall(token.batchBurn, (one(alice), amounts)));
        _onlyAgents(abi.encodeCall(token.batchSetAddressFrozen, (one(alice), freezes)));
        _onlyAgents(abi.encodeCall(token.batchFreezePartialTokens, (one(alice), amounts)));
        _onlyAgents(abi.encodeCall(token.batchUnfreezePartialTokens, (one(alice), amounts)));
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.NotMinter.selector, stranger));
        token.mint(alice, 1);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.NotMinter.selector, stranger));
        token.batchMint(one(alice), amounts);
        vm.stopPrank();
    }

    function test_agentsComeAndGo() public {
        isTrue(token.isAgent(address(this)) && !token.isAgent(bob), "as deployed");
        vm.expectEmit();
        emit IERC3643.AgentAdded(bob);
        token.addAgent(bob);
        vm.prank(bob);
        token.pause();
        vm.expectEmit();
        emit IERC3643.AgentRemoved(bob);
        token.removeAgent(bob);
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.NotAgent.selector, bob));
        token.unpause();
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.NotAgent.selector, bob));
        token.removeAgent(bob);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.ZeroAddress.selector));
        token.addAgent(address(0));
    }

    function test_pauseAndUnpause() public {
        vm.expectEmit();
        emit IERC3643.Paused(address(this));
        token.pause();
        isTrue(token.paused(), "paused");
        refused(alice, bob, 1, Reasons.PAUSED);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.PauseUnchanged.selector));
        token.pause();
        vm.expectEmit();
        emit IERC3643.Unpaused(address(this));
        token.unpause();
        send(alice, bob, 1);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.PauseUnchanged.selector));
        token.unpause();
    }

    function test_anotherRegistry() public {
        InvestorRegistry other = new InvestorRegistry(address(manager));
        vm.expectEmit();
        emit IERC3643.IdentityRegistryAdded(address(other));
        token.setIdentityRegistry(address(other));
        isTrue(token.identityRegistry() == address(other), "asked from now on");
        refused(alice, bob, 1, Reasons.SENDER_NOT_REGISTERED);
        registry = other;
        admit(alice);
        admit(bob);
        send(alice, bob, 1);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.ZeroAddress.selector));
        token.setIdentityRegistry(address(0));
        // One that does not answer stops transfers; it never lets them through.
        token.setIdentityRegistry(address(0xDEAD));
        vm.prank(alice);
        (bool done, ) = address(token).call(abi.encodeCall(token.transfer, (bob, 1)));
        isTrue(!done, "silence is no consent");
    }

    function test_aComplianceContractIsAskedAndTold() public {
        EvenCompliance compliance = new EvenCompliance();
        vm.expectEmit();
        emit IERC3643.ComplianceAdded(address(compliance));
        token.setCompliance(address(compliance));
        isTrue(token.compliance() == address(compliance) && compliance.bound() == address(token), "bound");
        refused(alice, bob, 3, Reasons.COMPLIANCE_REFUSED);
        send(alice, bob, 4);
        equal(compliance.moved(), 4, "told of the transfer");
        vm.expectPartialRevert(ITrancheToken.TransferRefused.selector);
        token.mint(alice, 5);
        token.mint(alice, 6);
        equal(compliance.minted(), 6, "told of the minting");
        token.burn(alice, 7);
        equal(compliance.burned(), 7, "told of the burning");
        // Forced transfers are told, not asked.
        token.forcedTransfer(alice, bob, 9);
        equal(compliance.moved(), 13, "told of the forced transfer");
        token.setCompliance(address(0));
        isTrue(token.compliance() == address(token) && compliance.bound() == address(0), "unbound");
        send(alice, bob, 3);
    }

    // Freezes.

    function test_frozenAccounts() public {
        vm.expectEmit();
        emit IERC3643.AddressFrozen(alice, true, address(this));
        token.setAddressFrozen(alice, true);
        isTrue(token.isFrozen(alice) && !token.isFrozen(bob), "frozen");
        refused(alice, bob, 1, Reasons.FROZEN);
        refused(bob, alice, 1, Reasons.FROZEN);
        equal(token.balanceOf(alice), 1_000, "her balance is still hers");
        token.setAddressFrozen(alice, false);
        send(alice, bob, 1);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.ZeroAddress.selector));
        token.setAddressFrozen(address(0), true);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.ZeroAddress.selector));
        token.setFrozenTokens(address(0), 1);
    }

    function test_partialFreezes() public {
        vm.expectEmit();
        emit IERC3643.TokensFrozen(alice, 900);
        vm.expectEmit();
        emit IERC7943Fungible.Frozen(alice, 900);
        token.freezePartialTokens(alice, 900);
        equal(token.getFrozenTokens(alice), 900, "frozen");
        refused(alice, bob, 101, Reasons.PARTIAL_FREEZE);
        send(alice, bob, 100);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.FreezeExceeds.selector, alice, 900, 900));
        token.freezePartialTokens(alice, 1);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.FreezeExceeds.selector, alice, 900, 900));
        token.unfreezePartialTokens(alice, 901);
        vm.expectEmit();
        emit IERC3643.TokensUnfrozen(alice, 400);
        token.unfreezePartialTokens(alice, 400);
        send(alice, bob, 400);
        send(bob, alice, 50);
        refused(alice, bob, 51, Reasons.PARTIAL_FREEZE);
        token.unfreezePartialTokens(alice, 500);
        send(alice, bob, 550);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.FreezeExceeds.selector, stranger, 0, 0));
        token.freezePartialTokens(stranger, 1);
    }

    function test_moreThanTheBalanceMayBeFrozen() public {
        isTrue(token.setFrozenTokens(alice, type(uint256).max), "done");
        refused(alice, bob, 1, Reasons.PARTIAL_FREEZE);
        send(bob, alice, 10);
        refused(alice, bob, 1, Reasons.PARTIAL_FREEZE);
        token.setFrozenTokens(alice, 0);
        send(alice, bob, 1_010);
    }

    // Forced transfers.

    function test_forcedTransferTakesFrozenTokensToo() public {
        token.freezePartialTokens(alice, 900);
        token.setAddressFrozen(alice, true);
        token.pause();
        vm.expectEmit();
        emit IERC3643.TokensUnfrozen(alice, 850);
        vm.expectEmit();
        emit IERC7943Fungible.Frozen(alice, 50);
        isTrue(token.forcedTransfer(alice, bob, 950), "done");
        equal(token.getFrozenTokens(alice), 50, "what is left of the freeze");
        equal(token.balanceOf(alice), 50, "alice");
        equal(token.balanceOf(bob), 1_450, "bob");
    }

    function test_forcedTransferOfFreeTokensLeavesTheFreeze() public {
        token.freezePartialTokens(alice, 900);
        token.forcedTransfer(alice, bob, 100);
        equal(token.getFrozenTokens(alice), 900, "untouched");
    }

    function test_forcedTransferNeedsTokensAndAnAdmittedReceiver() public {
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, alice, 1_000, 1_001));
        token.forcedTransfer(alice, bob, 1_001);
        vm.expectRevert(
            abi.encodeWithSelector(
                ITrancheToken.TransferRefused.selector,
                alice,
                stranger,
                Reasons.RECEIVER_NOT_REGISTERED
            )
        );
        token.forcedTransfer(alice, stranger, 1);
        vm.expectPartialRevert(ITrancheToken.TransferRefused.selector);
        token.forcedTransfer(alice, address(0), 1);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidSender.selector, address(0)));
        token.forcedTransfer(address(0), bob, 1);
        token.setAddressFrozen(bob, true);
        vm.expectPartialRevert(ITrancheToken.TransferRefused.selector);
        token.forcedTransfer(alice, bob, 1);
    }

    // Minting and burning.

    function test_mintAndBurn() public {
        token.mint(carol, 10);
        equal(token.totalSupply(), 1_510, "minted");
        vm.expectPartialRevert(ITrancheToken.TransferRefused.selector);
        token.mint(stranger, 1);
        token.burn(carol, 4);
        equal(token.totalSupply(), 1_506, "burned");
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, carol, 6, 7));
        token.burn(carol, 7);
        token.freezePartialTokens(carol, 5);
        token.burn(carol, 3);
        equal(token.getFrozenTokens(carol), 3, "frozen ones burn when the free ones are used up");
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidSender.selector, address(0)));
        token.burn(address(0), 1);
    }

    // Recovery.

    function test_recovery() public {
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.NotReplacement.selector, alice, stranger));
        token.recoveryAddress(alice, stranger, address(0x1D));
        token.freezePartialTokens(alice, 50);
        token.setAddressFrozen(alice, true);
        registry.replaceWallet(alice, stranger);
        refused(alice, bob, 1, Reasons.SENDER_NOT_REGISTERED);
        vm.expectEmit();
        emit IERC3643.TokensFrozen(stranger, 50);
        isTrue(token.recoveryAddress(alice, stranger, address(0x1D)), "done");
        equal(token.balanceOf(stranger), 1_000, "the balance");
        equal(token.getFrozenTokens(stranger), 50, "its freeze");
        isTrue(token.isFrozen(stranger), "and the account's");
        equal(token.balanceOf(alice) + token.getFrozenTokens(alice), 0, "nothing is left");
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.NothingToRecover.selector, alice));
        token.recoveryAddress(alice, stranger, address(0x1D));
    }

    function test_recoveryToAnotherWalletOfTheInvestor() public {
        enter(alice, 276, 1, 7);
        enter(carol, 276, 1, 8);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.NotReplacement.selector, alice, carol));
        token.recoveryAddress(alice, carol, address(0));
        enter(carol, 276, 1, 7);
        vm.expectEmit();
        emit IERC3643.RecoverySuccess(alice, carol, address(0x1D));
        token.recoveryAddress(alice, carol, address(0x1D));
        equal(token.balanceOf(carol), 1_000, "recovered");
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.NothingToRecover.selector, carol));
        token.recoveryAddress(carol, carol, address(0));
    }

    /// @dev What the lost wallet held at a record date stays its own; the registry sends its cash to the new one.
    function test_recoveryKeepsRecordDates() public {
        vm.warp(recordDate(1));
        registry.replaceWallet(alice, stranger);
        token.recoveryAddress(alice, stranger, address(0));
        equal(token.balanceAt(alice, 1), 1_000, "at the record date");
        equal(token.balanceAt(stranger, 1), 0, "not twice");
        (uint8 code, address to, ) = registry.payoutOf(alice);
        isTrue(code == 0 && to == stranger, "its cash finds the investor");
    }

    // Batches.

    function test_batches() public {
        address[] memory accounts = new address[](2);
        (accounts[0], accounts[1]) = (bob, carol);
        uint256[] memory amounts = new uint256[](2);
        (amounts[0], amounts[1]) = (100, 200);
        vm.prank(alice);
        token.batchTransfer(accounts, amounts);
        token.batchMint(accounts, amounts);
        token.batchBurn(accounts, amounts);
        token.batchFreezePartialTokens(accounts, amounts);
        equal(token.getFrozenTokens(bob) + token.getFrozenTokens(carol), 300, "frozen");
        token.batchUnfreezePartialTokens(accounts, amounts);
        equal(token.getFrozenTokens(bob) + token.getFrozenTokens(carol), 0, "released");
        bool[] memory freezes = new bool[](2);
        (freezes[0], freezes[1]) = (false, true);
        token.batchSetAddressFrozen(accounts, freezes);
        isTrue(!token.isFrozen(bob) && token.isFrozen(carol), "one each");
        address[] memory to = new address[](2);
        (to[0], to[1]) = (alice, alice);
        token.batchForcedTransfer(accounts, to, amounts);
        equal(token.balanceOf(alice), 1_000, "alice");
        equal(token.balanceOf(bob), 500, "bob");
        equal(token.balanceOf(carol), 0, "carol");
    }

    function test_batchesAreAllOrNone() public {
        address[] memory accounts = new address[](2);
        (accounts[0], accounts[1]) = (bob, stranger);
        uint256[] memory amounts = new uint256[](2);
        (amounts[0], amounts[1]) = (1, 1);
        vm.prank(alice);
        vm.expectPartialRevert(ITrancheToken.TransferRefused.selector);
        token.batchTransfer(accounts, amounts);
        equal(token.balanceOf(bob), 500, "as it was");
        bytes memory lengths = abi.encodeWithSelector(ITrancheToken.LengthMismatch.selector, 2, 1);
        vm.expectRevert(lengths);
        token.batchMint(accounts, one(1));
        vm.expectRevert(lengths);
        token.batchSetAddressFrozen(accounts, new bool[](1));
        vm.expectRevert(lengths);
        token.batchForcedTransfer(accounts, one(bob), amounts);
        vm.expectRevert(lengths);
        token.batchForcedTransfer(accounts, accounts, one(1));
    }

    // ERC-7943's views, allowances, permit.

    function test_erc7943Views() public {
        isTrue(token.supportsInterface(FUNGIBLE), "the number in the standard");
        isTrue(token.supportsInterface(0x01ffc9a7) && !token.supportsInterface(0xffffffff), "ERC-165");
        isTrue(token.canSend(alice) && token.canReceive(bob), "both may");
        isTrue(!token.canSend(stranger) && !token.canReceive(stranger), "a stranger may not");
        isTrue(token.canTransfer(alice, bob, 1_000) && !token.canTransfer(alice, bob, 1_001), "as far as it goes");
        token.setAddressFrozen(alice, true);
        isTrue(!token.canSend(alice) && !token.canReceive(alice), "frozen here");
        registry.setFrozen(bob, true);
        isTrue(!token.canSend(bob) && !token.canReceive(bob), "frozen in the registry");
        same(token.reasonText(Reasons.FROZEN), "The account is frozen");
    }

    function test_allowances() public {
        vm.prank(alice);
        token.approve(carol, 150);
        vm.prank(carol);
        isTrue(token.transferFrom(alice, bob, 100), "spent");
        equal(token.allowance(alice, carol), 50, "left");
        vm.prank(carol);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, carol, 50, 51));
        token.transferFrom(alice, bob, 51);
    }

    /// @dev Fault of peers: somebody else sends the permit first. It counts all the same, once.
    function test_aPermitSentBySomebodyElseFirst() public {
        uint256 key = 0xA11CE;
        address owner = vm.addr(key);
        admit(owner);
        token.mint(owner, 10);
        bytes32 permit = keccak256(
            "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
        );
        bytes32 message = keccak256(abi.encode(permit, owner, bob, 10, 0, FOREVER));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(
            key,
            keccak256(abi.encodePacked("\x19\x01", token.DOMAIN_SEPARATOR(), message))
        );
        vm.prank(stranger);
        token.permit(owner, bob, 10, FOREVER, v, r, s);
        vm.expectPartialRevert(bytes4(keccak256("ERC2612InvalidSigner(address,address)")));
        token.permit(owner, bob, 10, FOREVER, v, r, s);
        vm.prank(bob);
        token.transferFrom(owner, bob, 10);
        equal(token.balanceOf(bob), 510, "spent once");
    }

    /// @dev Whatever an agent freezes and forces, tokens are neither made nor lost.
    function testFuzz_forcedMovementsKeepTheSupply(uint256 frozen, uint256 forced, uint256 burned) public {
        frozen = bound(frozen, 0, 2_000);
        forced = bound(forced, 0, 1_000);
        token.setFrozenTokens(alice, frozen);
        token.forcedTransfer(alice, bob, forced);
        uint256 left = 1_000 - forced;
        burned = bound(burned, 0, left);
        token.burn(alice, burned);
        equal(token.balanceOf(alice) + token.balanceOf(bob), token.totalSupply(), "all accounted for");
        equal(token.totalSupply(), 1_500 - burned, "supply");
        // What was taken came from the free part first.
        uint256 free = frozen < 1_000 ? 1_000 - frozen : 0;
        uint256 taken = forced + burned;
        equal(token.getFrozenTokens(alice), taken > free ? frozen - (taken - free) : frozen, "freeze");
    }
}
