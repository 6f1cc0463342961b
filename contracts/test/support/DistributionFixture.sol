// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Reasons} from "../../src/access/Reasons.sol";
import {Roles} from "../../src/access/Roles.sol";
import {Distributor} from "../../src/distribution/Distributor.sol";
import {DistributorFactory} from "../../src/distribution/DistributorFactory.sol";
import {IDistributor} from "../../src/distribution/IDistributor.sol";
import {IInvestorRegistry} from "../../src/registry/IInvestorRegistry.sol";
import {TestStablecoin} from "../../src/testing/TestStablecoin.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {Test} from "./Vm.sol";

/// @notice A class whose record-date balances the test writes down itself, so that any split can be tried
contract TestRecords {
    mapping(address account => mapping(uint256 period => uint256)) private _balances;
    mapping(uint256 period => uint256) public supplyAt;

    function set(address account, uint256 period, uint256 balance) external {
        supplyAt[period] = supplyAt[period] - _balances[account][period] + balance;
        _balances[account][period] = balance;
    }

    /// @dev Balances that do not add up to the supply, as no sound token has them.
    function setSupply(uint256 period, uint256 supply) external {
        supplyAt[period] = supply;
    }

    function recordAt(address account, uint256 period) external view returns (uint256 balance, uint256 supply) {
        return (_balances[account][period], supplyAt[period]);
    }

    function recordsAt(
        uint256 period,
        address[] calldata accounts
    ) external view returns (uint256 supply, uint256[] memory balances) {
        balances = new uint256[](accounts.length);
        for (uint256 i; i < accounts.length; ++i) balances[i] = _balances[accounts[i]][period];
        return (supplyAt[period], balances);
    }
}

/// @notice A registry that gives any answer the test needs; everybody is admitted until it says otherwise
contract TestPayouts {
    struct Answer {
        uint8 code;
        address to;
        uint16 withholding;
    }

    mapping(address account => Answer) private _answers;

    function set(address account, uint8 code, address to, uint16 withholding) external {
        _answers[account] = Answer(code, to, withholding);
    }

    function payoutOf(address account) public view returns (uint8 code, address to, uint256 withholding) {
        Answer memory answer = _answers[account];
        return (answer.code, answer.to == address(0) ? account : answer.to, answer.withholding);
    }

    function payoutsOf(address[] calldata accounts) external view returns (uint256[] memory payouts) {
        payouts = new uint256[](accounts.length);
        for (uint256 i; i < accounts.length; ++i) {
            (uint8 code, address to, uint256 withholding) = payoutOf(accounts[i]);
            payouts[i] = uint160(to) | (withholding << 160) | (uint256(code) << 176);
        }
    }
}

/// @notice A stablecoin of any number of decimals
contract CoinOf is ERC20 {
    uint8 private immutable DECIMALS;

    constructor(uint8 decimals_) ERC20("Coin", "C") {
        DECIMALS = decimals_;
    }

    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    function decimals() public view override returns (uint8) {
        return DECIMALS;
    }
}

/// @notice A Distributor of two classes whose vault is the test, which also holds the roles
abstract contract DistributionFixture is Test {
    uint256 internal constant CENT = 10_000;
    uint256 internal constant START = 20_000 days + 12 hours;
    uint16 internal constant AFTER_DAYS = 1_095;
    uint16 internal constant DELAY_DAYS = 30;

    address internal alice = address(0xA11CE);
    address internal bob = address(0xB0B);
    address internal carol = address(0xCA201);
    address internal taxOffice = address(0x7A8);
    address internal keeper = address(0x6EE9);
    /// @dev Approves what the test proposes.
    address internal approver = address(0xA99);

    AccessManager internal manager;
    TestPayouts internal payouts;
    TestRecords internal senior;
    TestRecords internal junior;
    TestStablecoin internal cash;
    Distributor internal distributor;

    function setUp() public virtual {
        vm.warp(START);
        manager = new AccessManager(address(this));
        payouts = new TestPayouts();
        senior = new TestRecords();
        junior = new TestRecords();
        cash = newCash();
        distributor = newDistributor();
        _assign(Roles.OPERATOR, IDistributor.proposeUnclaimed.selector);
        _assign(Roles.COMPLIANCE, IDistributor.approveUnclaimed.selector);
        _assign(Roles.COMPLIANCE, IDistributor.cancelUnclaimed.selector);
        manager.grantRole(Roles.OPERATOR, address(this), 0);
        manager.grantRole(Roles.COMPLIANCE, address(this), 0);
        manager.grantRole(Roles.COMPLIANCE, approver, 0);
    }

    function newCash() internal virtual returns (TestStablecoin) {
        return new TestStablecoin();
    }

    function newDistributor() internal returns (Distributor) {
        return Distributor(address(new DistributorFactory().make(terms())));
    }

    /// @dev Another Distributor of the same classes, in a coin of so many decimals.
    function newDistributorOf(uint8 decimals) internal returns (Distributor) {
        cash = TestStablecoin(address(new CoinOf(decimals)));
        return newDistributor();
    }

    function terms() internal view returns (IDistributor.DistributionTerms memory) {
        ITrancheToken[] memory tokens = new ITrancheToken[](2);
        tokens[0] = ITrancheToken(address(senior));
        tokens[1] = ITrancheToken(address(junior));
        return
            IDistributor.DistributionTerms({
                cash: cash,
                registry: IInvestorRegistry(address(payouts)),
                authority: address(manager),
                taxAccount: taxOffice,
                unclaimed: IDistributor.UnclaimedRule(keeper, AFTER_DAYS, DELAY_DAYS),
                tokens: tokens
            });
    }

    /// @dev Sends what the classes are paid, in cents, and books it, as a vault does at settlement.
    function book(uint32 period, uint256 seniorInterest, uint256 seniorPrincipal, uint256 juniorInterest) internal {
        cash.mint(address(distributor), (seniorInterest + seniorPrincipal + juniorInterest) * distributor.unit());
        distributor.book(period, amountsOf(seniorInterest, seniorPrincipal, juniorInterest, 0));
    }

    /// @dev What the classes are paid, in the order of the program's sinks.
    function amountsOf(uint256 a, uint256 b, uint256 c, uint256 d) internal pure returns (uint256[] memory amounts) {
        amounts = new uint256[](4);
        (amounts[0], amounts[1], amounts[2], amounts[3]) = (a, b, c, d);
    }

    function refuse(address account, uint256 tranche, uint32 period, uint8 code) internal {
        vm.expectRevert(abi.encodeWithSelector(IDistributor.ClaimRefused.selector, account, code));
        distributor.claimFor(account, tranche, period);
    }

    function withhold(address account, uint16 rate) internal {
        payouts.set(account, Reasons.OK, account, rate);
    }

    function list(address a, address b, address c) internal pure returns (address[] memory accounts) {
        accounts = new address[](3);
        accounts[0] = a;
        accounts[1] = b;
        accounts[2] = c;
    }

    /// @dev The cash here is what is owed, to the base unit.
    function covered() internal view {
        equal(cash.balanceOf(address(distributor)), distributor.liabilities(), "cash is what is owed");
    }

    function _assign(uint64 role, bytes4 selector) private {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = selector;
        manager.setTargetFunctionRole(address(distributor), selectors, role);
    }
}
