// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Reasons} from "../access/Reasons.sol";
import {ISubscription} from "../offering/ISubscription.sol";
import {Layouts} from "../program/Layout.sol";
import {IDealVault} from "../vault/IDealVault.sol";
import {IERC3643} from "./IERC3643.sol";
import {ITokenTerms} from "./ITokenTerms.sol";
import {ITrancheToken} from "./ITrancheToken.sol";
import {TokenConfig} from "./TokenConfig.sol";

/// @title What a token says about itself and its deal, beside its balances
/// @notice A part of one token, which makes it and hands questions on: it is a contract of its own only because the code of
///         both does not fit into one. It holds no balances and no powers, and takes orders from its token alone.
contract TokenFacts {
    using EnumerableSet for EnumerableSet.Bytes32Set;
    using TokenConfig for uint256;

    struct Document {
        bytes32 documentHash;
        uint256 lastModified;
        string uri;
    }

    /// @notice Only the token gives orders
    error NotToken(address caller);

    uint256 private constant ONE = 1e18;

    address private immutable TOKEN;
    address private immutable MINTER;

    EnumerableSet.Bytes32Set private _names;
    mapping(bytes32 name => Document) private _documents;

    modifier onlyToken() {
        require(msg.sender == TOKEN, NotToken(msg.sender));
        _;
    }

    constructor(address minter) {
        TOKEN = msg.sender;
        MINTER = minter;
    }

    /// @notice As ITokenTerms says; the token checked the role
    function setDocument(bytes32 name, string calldata uri, bytes32 documentHash) external onlyToken {
        _names.add(name);
        _documents[name] = Document(documentHash, block.timestamp, uri);
    }

    /// @notice As ITokenTerms says; the token checked the role
    function removeDocument(bytes32 name) external onlyToken {
        require(_names.remove(name), ITokenTerms.NoSuchDocument(name));
        delete _documents[name];
    }

    /// @notice As ITokenTerms says
    function getDocument(
        bytes32 name
    ) external view returns (string memory uri, bytes32 documentHash, uint256 lastModified) {
        Document storage document = _documents[name];
        return (document.uri, document.documentHash, document.lastModified);
    }

    /// @notice As ITokenTerms says
    function getAllDocuments() external view returns (bytes32[] memory) {
        return _names.values();
    }

    /// @notice As ITrancheToken says
    function reasonText(uint8 code) external view returns (string memory) {
        return ITrancheToken(TOKEN).registry().reasonText(code);
    }

    /// @notice As ITokenTerms says
    function vault() public view returns (address) {
        // A token outside of a deal has another minter, which knows no vault.
        if (MINTER.code.length == 0) return address(0);
        try ISubscription(MINTER).vault() returns (IDealVault deal) {
            return address(deal);
        } catch {
            return address(0);
        }
    }

    /// @notice Whether the deal is offered and has not opened, and so also if it never will
    function isOffered() external view returns (bool) {
        address deal = vault();
        return deal != address(0) && !IDealVault(deal).isOpen();
    }

    /// @notice As IERC7943Fungible says
    function canSend(address account) external view returns (bool) {
        return ITrancheToken(TOKEN).registry().canSend(account) == Reasons.OK && !IERC3643(TOKEN).isFrozen(account);
    }

    /// @notice As IERC7943Fungible says
    function canReceive(address account) external view returns (bool) {
        return ITrancheToken(TOKEN).registry().canReceive(account) == Reasons.OK && !IERC3643(TOKEN).isFrozen(account);
    }

    /// @notice Reverts unless an account that is not the token's minter may mint (`from` is zero) or burn (`to` is) now. Agents may
    ///         as long as no vault is bound to the minter. Then the supply is what is offered, and supply × factor the program's
    ///         balance: a further issue mints, in the transaction in which the deal's control has raised the balance.
    function requireMayChange(address caller, address from, address to) external view {
        IDealVault deal = IDealVault(vault());
        bool outside = address(deal) == address(0);
        bool mints = from == address(0);
        if (mints && !outside && deal.control().issuing(address(deal)) == caller) return;
        if (!IERC3643(TOKEN).isAgent(caller)) {
            if (mints) revert ITrancheToken.NotMinter(caller);
            revert ITrancheToken.NotAgent(caller);
        }
        require(outside, ITrancheToken.TransferRefused(from, to, Reasons.DEAL_STATE));
    }

    /// @notice As ITokenTerms says
    function factor() external view returns (uint256) {
        return _scaled(ONE);
    }

    /// @notice As ITokenTerms says
    function currentBalanceOf(address account) external view returns (uint256) {
        return _scaled(ITrancheToken(TOKEN).balanceOf(account));
    }

    /// @notice The token's rules, taken out of the words that it keeps them in
    function rules() external view returns (ITokenTerms.Rules memory result) {
        (uint256 config, uint256 more, uint256[4] memory bitmap) = ITokenTerms(TOKEN).ruleWords();
        result.categories = uint16(config.accepted());
        result.holderCap = uint24(config.cap());
        result.onlyListed = config & TokenConfig.ALLOW_LIST != 0;
        result.countries = _listed(bitmap);
        uint256[4] memory words = [config.rule(), 0, 0, 0];
        uint256 count = words[0] == 0 ? 0 : 1;
        for (; more != 0; more >>= 72) words[count++] = more & TokenConfig.RULE;
        result.timed = new ITokenTerms.TimedRule[](count);
        for (uint256 i; i < count; ++i) {
            // The fields of a timed rule have these widths.
            result.timed[i] = ITokenTerms.TimedRule(uint40(words[i]), uint16(words[i] >> 40), uint16(words[i] >> 56));
        }
    }

    /// @notice Rules as the token stores them: what `ruleWords` gives back
    function setRules(
        ITokenTerms.Rules calldata given
    ) external pure returns (uint256 word, uint256 more, uint256[4] memory bitmap) {
        require(given.timed.length <= 4, ITokenTerms.RulesInvalid());
        for (uint256 i; i < given.timed.length; ++i) {
            ITokenTerms.TimedRule calldata timed = given.timed[i];
            uint256 rule = uint256(timed.until) | (uint256(timed.from) << 40) | (uint256(timed.to) << 56);
            if (i == 0) word = rule << 72;
            else more |= rule << (72 * (i - 1));
        }
        if (more != 0) word |= TokenConfig.MORE_RULES;
        if (given.onlyListed) word |= TokenConfig.ALLOW_LIST;
        word |= (uint256(given.categories) << 8) | (uint256(given.holderCap) << 48);
        uint256 inlined;
        (inlined, bitmap) = _pack(given.countries);
        word |= inlined;
    }

    /// @dev An amount of original face × current balance ÷ face of the token's class, rounded down.
    function _scaled(uint256 amount) private view returns (uint256) {
        IDealVault deal = IDealVault(vault());
        if (address(deal) == address(0)) return amount;
        ITrancheToken[] memory tokens = deal.tokens();
        uint256 tranche;
        while (address(tokens[tranche]) != TOKEN) ++tranche;
        // The state begins with the tranches' balances, after the accounts.
        uint256 place = Layouts.read(deal.program()).accounts + tranche;
        return Math.mulDiv(amount, deal.state()[place], deal.control().faceOf(deal, tranche));
    }

    /// @dev The bitmap holds every list, so that it can be read back; short ones lie in the config as well, unused fields
    ///      filled with the first country.
    function _pack(uint16[] calldata countries) private pure returns (uint256 word, uint256[4] memory bitmap) {
        uint256 length = countries.length;
        if (length == 0) return (0, bitmap);
        for (uint256 i; i < length; ++i) {
            uint256 country = countries[i];
            require(country != 0 && country < 1000, ITokenTerms.RulesInvalid());
            bitmap[country >> 8] |= 1 << (country & 255);
        }
        if (length > TokenConfig.SHORT_LIST) return (TokenConfig.COUNTRIES | TokenConfig.LONG_LIST, bitmap);
        word = TokenConfig.COUNTRIES;
        for (uint256 i; i < TokenConfig.SHORT_LIST; ++i) {
            word |= uint256(countries[i < length ? i : 0]) << (144 + 10 * i);
        }
    }

    function _listed(uint256[4] memory bitmap) private pure returns (uint16[] memory list) {
        uint256 count;
        for (uint256 country; country < 1000; ++country) count += (bitmap[country >> 8] >> (country & 255)) & 1;
        list = new uint16[](count);
        for (uint256 country = 1000; count != 0;) {
            --country;
            // Below 1000.
            if ((bitmap[country >> 8] >> (country & 255)) & 1 == 1) list[--count] = uint16(country);
        }
    }
}
