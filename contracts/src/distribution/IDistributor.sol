// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IInvestorRegistry} from "../registry/IInvestorRegistry.sol";
import {ITrancheToken} from "../token/ITrancheToken.sol";

/// @title Holds what one deal's classes were paid until their holders take it
/// @notice At settlement the vault sends the classes' money here and books it. From then on it belongs to the holders at
///         the record date: neither the vault, nor its emergency stop, nor a later settlement can reach it.
///         Tranches count from 0, periods from 1. Amounts are base units of the stablecoin where nothing else is said; a
///         cent has `unit` of them. A holder's share is rounded down to a grain: a base unit, or a millionth of a whole
///         coin where the coin is finer than that.
interface IDistributor {
    /// @param to account that unclaimed money goes to, and nowhere else
    /// @param afterDays days from the settlement after which what is left of a period counts as unclaimed
    /// @param delayDays days between approval and the earliest move; holders can claim until the move
    struct UnclaimedRule {
        address to;
        uint16 afterDays;
        uint16 delayDays;
    }

    /// @param cash settlement stablecoin, at least two decimals
    /// @param registry admission, withholding and payout addresses of holders
    /// @param authority AccessManager
    /// @param taxAccount where withheld tax is remitted to
    /// @param unclaimed the rule for money that nobody claims
    /// @param tokens one per tranche, in order of seniority
    struct DistributionTerms {
        IERC20 cash;
        IInvestorRegistry registry;
        address authority;
        address taxAccount;
        UnclaimedRule unclaimed;
        ITrancheToken[] tokens;
    }

    /// @param to the holder, or the payout address that the registry names for it
    /// @param interest share of the interest, tax included
    /// @param principal share of the principal
    /// @param tax withheld from the interest, in whole cents, rounded down: never more than the rate
    struct Share {
        address to;
        uint256 interest;
        uint256 principal;
        uint256 tax;
    }

    /// @param interest what the class was paid, dust of earlier periods included
    /// @param principal likewise
    /// @param interestPaid of it taken by holders, tax included
    /// @param principalPaid of it taken by holders
    /// @param taxHeld withheld and not yet remitted
    /// @param claimedBalance record-date balance of those who were paid
    /// @param supply record-date supply
    /// @param bookedDay day of the settlement (days since 1970-01-01), zero where nothing was booked or the rest was moved
    /// @param moved whether what was left went to the unclaimed rule's account
    struct Distribution {
        uint256 interest;
        uint256 principal;
        uint256 interestPaid;
        uint256 principalPaid;
        uint256 taxHeld;
        uint256 claimedBalance;
        uint256 supply;
        uint256 bookedDay;
        bool moved;
    }

    /// @param proposer who proposed, zero when nobody did
    /// @param movableFrom instant (seconds) from which the money can be moved, zero before approval
    struct UnclaimedProposal {
        address proposer;
        uint40 movableFrom;
    }

    /// @notice Whole cents of earlier periods' remainders were added to what classes are paid for a period
    /// @param cents a word for four classes, in their order: from the lowest bit 32 of interest and 32 of principal for each
    event DustCarried(uint32 indexed period, uint256[] cents);
    /// @notice A holder was paid interest + principal - tax for a period
    event Claimed(
        uint256 indexed tranche,
        uint32 indexed period,
        address indexed account,
        uint256 interest,
        uint256 principal,
        uint256 tax
    );
    /// @notice What a holder claimed went to its payout address
    event Forwarded(address indexed account, address indexed to, uint256 amount);
    /// @notice Holders were paid for a period in one batch, each itself or at its payout address
    /// @param payments two words each: the account in 160 bits and above them the tax in cents; the interest in 128 bits
    ///        and above them the principal, both in grains
    event Pushed(uint256 indexed tranche, uint32 indexed period, uint256[] payments);
    /// @notice A batch left a holder out for a numbered reason (see Reasons); what is due stays due
    event Skipped(uint256 indexed tranche, uint32 indexed period, address indexed account, uint8 code);
    /// @notice Withheld tax went to the tax account
    event TaxRemitted(uint256 indexed tranche, uint32 indexed period, uint256 amount);
    /// @notice Unclaimed money was proposed to be moved
    event UnclaimedProposed(uint256 indexed tranche, uint32 indexed period, address indexed by);
    /// @notice Somebody else approved; it can be moved from that instant on
    event UnclaimedApproved(uint256 indexed tranche, uint32 indexed period, address indexed by, uint256 movableFrom);
    /// @notice The proposal was taken back
    event UnclaimedCancelled(uint256 indexed tranche, uint32 indexed period, address indexed by);
    /// @notice What nobody claimed went to the rule's account
    event UnclaimedMoved(
        uint256 indexed tranche,
        uint32 indexed period,
        address indexed to,
        uint256 interest,
        uint256 principal
    );

    /// @notice A required address is zero, or there is no tranche
    error TermsIncomplete();
    /// @notice The stablecoin must have at least two decimals and at most 24
    error CashDecimals(uint8 decimals);
    /// @notice Only the deal's vault books
    error NotVault(address caller);
    /// @notice Interest and principal of every class are expected
    error AmountsMismatch(uint256 expected, uint256 given);
    /// @notice Periods are booked once each and in order
    error PeriodNotLater(uint32 last, uint32 given);
    /// @notice There is no such tranche
    error NoSuchTranche(uint256 tranche);
    /// @notice The claim is refused for a numbered reason (see Reasons); what is due stays due
    error ClaimRefused(address account, uint8 code);
    /// @notice More than the whole of the interest would be withheld: no registry of this project says so
    error RateTooHigh(uint256 rate);
    /// @notice No tax of this class and period waits to be remitted
    error NoTaxHeld(uint256 tranche, uint32 period);
    /// @notice Nothing of this class and period is left, or it was moved already
    error NothingUnclaimed(uint256 tranche, uint32 period);
    /// @notice Holders have until then to claim (seconds)
    error NotYetUnclaimed(uint256 tranche, uint32 period, uint256 from);
    /// @notice Nobody proposed it: propose first
    error NotProposed(uint256 tranche, uint32 period);
    /// @notice It was already proposed, or already approved
    error AlreadyProposed(uint256 tranche, uint32 period);
    /// @notice Whoever proposed may not approve: another person must
    error SamePerson(address account);
    /// @notice Not approved, or the delay after approval is not over (`from`, seconds; zero when not approved)
    error NotMovable(uint256 tranche, uint32 period, uint256 from);

    /// @notice Books what the program paid to the classes for a period. Only the vault, at settlement, right after it sent
    ///         the sum of the amounts and saw all of it arrive: `cash.balanceOf(distributor)` grew by the sum x `unit`.
    ///         A class that is paid nothing costs nothing.
    /// @param period the period settled; later than any booked before
    /// @param amountsCents interest and principal of each class, in cents: interest of 0, principal of 0, interest of 1, ...
    function book(uint32 period, uint256[] calldata amountsCents) external;

    /// @notice Pays the caller for a tranche and period
    /// @return amount sent: interest + principal - tax, which `Claimed` tells apart
    function claim(uint256 tranche, uint32 period) external returns (uint256 amount);

    /// @notice Pays any holder for a tranche and period; anybody may call
    function claimFor(address account, uint256 tranche, uint32 period) external returns (uint256 amount);

    /// @notice Pays any holder for several periods of a tranche in one transfer; anybody may call. Periods with nothing to
    ///         claim are passed over; if all are, it reverts.
    function claimMany(address account, uint256 tranche, uint32[] calldata periods) external returns (uint256 amount);

    /// @notice Pays many holders for a tranche and period; anybody may call. Those who cannot be paid now are left out.
    /// @return paid number of holders paid
    function push(uint256 tranche, uint32 period, address[] calldata accounts) external returns (uint256 paid);

    /// @notice Sends withheld tax to the tax account; anybody may call
    function remitTax(uint256 tranche, uint32 period) external returns (uint256 amount);

    /// @notice Proposes to move what nobody claimed in time. Restricted to OPERATOR.
    function proposeUnclaimed(uint256 tranche, uint32 period) external;

    /// @notice Approves what another person proposed; the delay begins. Restricted to COMPLIANCE.
    function approveUnclaimed(uint256 tranche, uint32 period) external;

    /// @notice Takes a proposal back, approved or not. Restricted to COMPLIANCE.
    function cancelUnclaimed(uint256 tranche, uint32 period) external;

    /// @notice Moves what is still unclaimed to the rule's account; anybody may call when the delay is over. The period is
    ///         closed then: its holders turn to the keeper of that account.
    function moveUnclaimed(uint256 tranche, uint32 period) external returns (uint256 amount);

    /// @notice What a claim would pay now, and its reason code when it would be refused
    function claimable(
        address account,
        uint256 tranche,
        uint32 period
    ) external view returns (uint8 code, Share memory share);

    /// @notice Whether an account was paid for a tranche and period
    function claimed(address account, uint256 tranche, uint32 period) external view returns (bool);

    /// @notice What a class was paid for a period, and what became of it
    function distribution(uint256 tranche, uint32 period) external view returns (Distribution memory);

    /// @notice Remainders of fully claimed periods, which the class's next distributions take up in whole cents
    function carriedDust(uint256 tranche) external view returns (uint256 interest, uint256 principal);

    /// @notice Everything owed to holders and to the tax account, dust included: never more than the cash held here
    function liabilities() external view returns (uint256);

    /// @notice What is owed of one class and period: to its holders, and to the tax account; without dust
    function outstanding(uint256 tranche, uint32 period) external view returns (uint256 toHolders, uint256 tax);

    /// @notice The last period booked, zero before the first
    function lastPeriod() external view returns (uint32);

    /// @notice Where the move of a period's unclaimed money stands
    function unclaimedProposal(uint256 tranche, uint32 period) external view returns (UnclaimedProposal memory);

    /// @notice The deal's vault, which had this contract made
    function vault() external view returns (address);

    /// @notice The tranches' tokens in order of seniority
    function tokens() external view returns (ITrancheToken[] memory);

    /// @notice The settlement stablecoin
    function cash() external view returns (IERC20);

    /// @notice Base units of cash in a cent
    function unit() external view returns (uint256);

    /// @notice Base units of cash in a grain
    function grain() external view returns (uint256);

    /// @notice The registry that admits holders
    function registry() external view returns (IInvestorRegistry);

    /// @notice Where withheld tax is remitted to
    function taxAccount() external view returns (address);

    /// @notice The rule for money that nobody claims
    function unclaimedRule() external view returns (UnclaimedRule memory);
}
