// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Lists} from "../access/Lists.sol";
import {Reasons} from "../access/Reasons.sol";
import {IInvestorRegistry} from "../registry/IInvestorRegistry.sol";
import {StatusWord} from "../registry/StatusWord.sol";
import {Holding} from "./Holding.sol";
import {ICompliance} from "./ICompliance.sol";
import {IERC3643} from "./IERC3643.sol";
import {IERC7943Fungible} from "./IERC7943Fungible.sol";
import {ITrancheToken} from "./ITrancheToken.sol";
import {TokenConfig} from "./TokenConfig.sol";
import {TokenTerms} from "./TokenTerms.sol";
import {TransferRules} from "./TransferRules.sol";

/// @title TrancheToken: the ledger with its owner's and its agents' functions
contract TrancheToken is TokenTerms, IERC3643, IERC7943Fungible {
    using Holding for uint256;
    using Lists for address[];
    using Lists for uint256[];
    using StatusWord for uint256;

    /// @inheritdoc IERC3643
    string public constant version = "1.0.0";
    /// @inheritdoc IERC3643
    address public onchainID;
    /// @inheritdoc IERC3643
    mapping(address agent => bool) public isAgent;
    /// @dev OpenZeppelin's own stay empty, since they cannot be changed.
    string private _name;
    string private _symbol;

    modifier onlyAgent() {
        _requireAgent();
        _;
    }

    constructor(TrancheTerms memory terms) ERC20("", "") ERC20Permit("Weir Tranche") TokenTerms(terms) {
        _name = terms.name;
        _symbol = terms.symbol;
        for (uint256 i; i < terms.agents.length; ++i) {
            _addAgent(terms.agents[i]);
        }
    }

    // The owner's functions.

    /// @inheritdoc IERC3643
    function setName(string calldata name_) external restricted {
        require(bytes(name_).length != 0, EmptyText());
        _name = name_;
        _emitInformation();
    }

    /// @inheritdoc IERC3643
    function setSymbol(string calldata symbol_) external restricted {
        require(bytes(symbol_).length != 0, EmptyText());
        _symbol = symbol_;
        _emitInformation();
    }

    /// @inheritdoc IERC3643
    function setOnchainID(address onchainID_) external restricted {
        onchainID = onchainID_;
        _emitInformation();
    }

    /// @inheritdoc IERC3643
    function setIdentityRegistry(address registry_) external restricted {
        require(registry_ != address(0), ZeroAddress());
        _movedRegistry = IInvestorRegistry(registry_);
        _config |= TokenConfig.MOVED;
        emit IdentityRegistryAdded(registry_);
    }

    /// @inheritdoc IERC3643
    function setCompliance(address compliance_) external restricted {
        uint256 config = _config;
        if (config & TokenConfig.COMPLIANCE != 0) _compliance.unbindToken(address(this));
        bool own = compliance_ == address(0) || compliance_ == address(this);
        _compliance = ICompliance(own ? address(0) : compliance_);
        _config = own ? config & ~TokenConfig.COMPLIANCE : config | TokenConfig.COMPLIANCE;
        if (!own) ICompliance(compliance_).bindToken(address(this));
        emit ComplianceAdded(compliance_);
    }

    /// @inheritdoc IERC3643
    function addAgent(address agent) external restricted {
        _addAgent(agent);
    }

    /// @inheritdoc IERC3643
    function removeAgent(address agent) external restricted {
        require(isAgent[agent], NotAgent(agent));
        isAgent[agent] = false;
        emit AgentRemoved(agent);
    }

    // The agents' functions.

    /// @inheritdoc IERC3643
    function pause() external onlyAgent {
        require(!paused(), PauseUnchanged());
        _config |= TokenConfig.PAUSED;
        emit Paused(msg.sender);
    }

    /// @inheritdoc IERC3643
    function unpause() external onlyAgent {
        require(paused(), PauseUnchanged());
        _config &= ~TokenConfig.PAUSED;
        emit Unpaused(msg.sender);
    }

    /// @inheritdoc ITrancheToken
    function mint(address account, uint256 amount) public {
        if (msg.sender != minter) _requireMayChange(address(0), account);
        _mint(account, amount);
    }

    /// @inheritdoc IERC3643
    function burn(address account, uint256 amount) public {
        _requireMayChange(account, address(0));
        _thaw(account, amount);
        _burn(account, amount);
    }

    /// @inheritdoc IERC3643
    function setAddressFrozen(address account, bool freeze) public onlyAgent {
        _setAddressFrozen(account, freeze);
    }

    /// @inheritdoc IERC3643
    function freezePartialTokens(address account, uint256 amount) public onlyAgent {
        uint256 frozen = _frozen[account];
        uint256 balance = balanceOf(account);
        require(amount <= balance && frozen <= balance - amount, FreezeExceeds(account, balance, frozen));
        _setFrozen(account, frozen, frozen + amount);
    }

    /// @inheritdoc IERC3643
    function unfreezePartialTokens(address account, uint256 amount) public onlyAgent {
        uint256 frozen = _frozen[account];
        require(amount <= frozen, FreezeExceeds(account, balanceOf(account), frozen));
        _setFrozen(account, frozen, frozen - amount);
    }

    /// @inheritdoc IERC7943Fungible
    function setFrozenTokens(address account, uint256 amount) external onlyAgent returns (bool) {
        _setFrozen(account, _frozen[account], amount);
        return true;
    }

    /// @inheritdoc IERC7943Fungible
    function forcedTransfer(address from, address to, uint256 amount) public onlyAgent returns (bool) {
        require(from != address(0), ERC20InvalidSender(from));
        _requireNotOffered(from, to);
        _thaw(from, amount);
        Move memory move = _load(from, to, amount);
        uint256 balance = move.holdingFrom.balance();
        require(amount <= balance, ERC20InsufficientBalance(from, balance, amount));
        uint8 code = TransferRules.receiver(move.statusTo, move.holdingTo);
        require(code == Reasons.OK, TransferRefused(from, to, code));
        _apply(move);
        emit ForcedTransfer(from, to, amount);
        return true;
    }

    /// @inheritdoc IERC3643
    function recoveryAddress(
        address lostWallet,
        address newWallet,
        address investorOnchainID
    ) external onlyAgent returns (bool) {
        uint256 amount = balanceOf(lostWallet);
        require(amount != 0 && lostWallet != newWallet, NothingToRecover(lostWallet));
        _requireNotOffered(lostWallet, newWallet);
        uint256 frozen = _frozen[lostWallet];
        if (frozen != 0) _setFrozen(lostWallet, frozen, 0);
        Move memory move = _load(lostWallet, newWallet, amount);
        _requireSuccessor(move);
        _apply(move);
        if (frozen != 0) _setFrozen(newWallet, _frozen[newWallet], _frozen[newWallet] + frozen);
        if (move.holdingFrom & Holding.FROZEN != 0) _setAddressFrozen(newWallet, true);
        emit RecoverySuccess(lostWallet, newWallet, investorOnchainID);
        return true;
    }

    // Batches: all or none.

    /// @inheritdoc IERC3643
    function batchTransfer(address[] calldata toList, uint256[] calldata amounts) external {
        _requireSame(toList.length, amounts.length);
        uint256 config = _config;
        for (uint256 i; i < toList.length;) {
            config = _send(msg.sender, toList.accountAt(i), amounts.amountAt(i), config);
            unchecked {
                ++i;
            }
        }
    }

    /// @inheritdoc IERC3643
    function batchForcedTransfer(
        address[] calldata fromList,
        address[] calldata toList,
        uint256[] calldata amounts
    ) external {
        _requireSame(fromList.length, toList.length);
        _requireSame(toList.length, amounts.length);
        for (uint256 i; i < toList.length; ++i) {
            forcedTransfer(fromList[i], toList[i], amounts[i]);
        }
    }

    /// @inheritdoc IERC3643
    function batchMint(address[] calldata toList, uint256[] calldata amounts) external {
        _each(toList, amounts, mint);
    }

    /// @inheritdoc IERC3643
    function batchBurn(address[] calldata accounts, uint256[] calldata amounts) external {
        _each(accounts, amounts, burn);
    }

    /// @inheritdoc IERC3643
    function batchSetAddressFrozen(address[] calldata accounts, bool[] calldata freeze) external {
        _requireSame(accounts.length, freeze.length);
        for (uint256 i; i < accounts.length; ++i) {
            setAddressFrozen(accounts[i], freeze[i]);
        }
    }

    /// @inheritdoc IERC3643
    function batchFreezePartialTokens(address[] calldata accounts, uint256[] calldata amounts) external {
        _each(accounts, amounts, freezePartialTokens);
    }

    /// @inheritdoc IERC3643
    function batchUnfreezePartialTokens(address[] calldata accounts, uint256[] calldata amounts) external {
        _each(accounts, amounts, unfreezePartialTokens);
    }

    // What anybody may ask.

    /// @inheritdoc IERC7943Fungible
    function canTransfer(address from, address to, uint256 amount) external view returns (bool) {
        return transferCode(from, to, amount) == Reasons.OK;
    }

    /// @inheritdoc IERC7943Fungible
    function canSend(address) external view returns (bool) {
        _handOn();
    }

    /// @inheritdoc IERC7943Fungible
    function canReceive(address) external view returns (bool) {
        _handOn();
    }

    /// @inheritdoc IERC7943Fungible
    function getFrozenTokens(address account) external view returns (uint256) {
        return _frozen[account];
    }

    /// @inheritdoc IERC3643
    function isFrozen(address account) public view returns (bool) {
        return _holdings[account] & Holding.FROZEN != 0;
    }

    /// @inheritdoc ITrancheToken
    function paused() public view returns (bool) {
        return _config & TokenConfig.PAUSED != 0;
    }

    /// @inheritdoc IERC3643
    function identityRegistry() external view returns (address) {
        return address(registry());
    }

    /// @inheritdoc IERC3643
    function compliance() external view returns (address) {
        return _config & TokenConfig.COMPLIANCE == 0 ? address(this) : address(_compliance);
    }

    /// @inheritdoc ERC20
    function name() public view override returns (string memory) {
        return _name;
    }

    /// @inheritdoc ERC20
    function symbol() public view override returns (string memory) {
        return _symbol;
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return
            interfaceId == type(IERC7943Fungible).interfaceId ||
            interfaceId == type(IERC165).interfaceId ||
            interfaceId == type(IERC20).interfaceId;
    }

    function _each(address[] calldata accounts, uint256[] calldata amounts, function(address, uint256) act) private {
        _requireSame(accounts.length, amounts.length);
        for (uint256 i; i < accounts.length;) {
            act(accounts.accountAt(i), amounts.amountAt(i));
            unchecked {
                ++i;
            }
        }
    }

    function _addAgent(address agent) private {
        require(agent != address(0), ZeroAddress());
        isAgent[agent] = true;
        emit AgentAdded(agent);
    }

    function _emitInformation() private {
        emit UpdatedTokenInformation(_name, _symbol, decimals(), version, onchainID);
    }

    function _setAddressFrozen(address account, bool freeze) private {
        require(account != address(0), ZeroAddress());
        uint256 holding = _holdings[account];
        _holdings[account] = freeze ? holding | Holding.FROZEN : holding & ~Holding.FROZEN;
        emit AddressFrozen(account, freeze, msg.sender);
    }

    function _setFrozen(address account, uint256 before, uint256 amount) private {
        require(account != address(0), ZeroAddress());
        _frozen[account] = amount;
        uint256 holding = _holdings[account];
        _holdings[account] = amount == 0 ? holding & ~Holding.PARTLY_FROZEN : holding | Holding.PARTLY_FROZEN;
        if (amount > before) emit TokensFrozen(account, amount - before);
        else emit TokensUnfrozen(account, before - amount);
        emit Frozen(account, amount);
    }

    /// @dev Releases what a forced movement takes of the frozen part, before it.
    function _thaw(address account, uint256 amount) private {
        uint256 frozen = _frozen[account];
        uint256 balance = balanceOf(account);
        if (frozen == 0 || amount > balance) return;
        uint256 free = frozen < balance ? balance - frozen : 0;
        if (amount > free) _setFrozen(account, frozen, frozen - (amount - free));
    }

    /// @dev The registry must know the new wallet as the lost one's replacement, or both as wallets of one investor.
    function _requireSuccessor(Move memory move) private view {
        bool registered = move.statusTo & StatusWord.REGISTERED != 0;
        uint256 investor = move.statusTo.investor();
        bool same = investor != 0 && investor == move.statusFrom.investor();
        require(
            registered && (same || registry().replacementOf(move.from) == move.to),
            NotReplacement(move.from, move.to)
        );
    }

    /// @dev The facts know the deal, and whether the caller may change the supply beside it.
    function _requireMayChange(address from, address to) private view {
        facts.requireMayChange(msg.sender, from, to);
    }

    function _requireAgent() private view {
        require(isAgent[msg.sender], NotAgent(msg.sender));
    }

    function _requireSame(uint256 one, uint256 other) private pure {
        require(one == other, LengthMismatch(one, other));
    }
}
