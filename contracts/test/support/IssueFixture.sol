// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {FurtherIssue} from "../../src/offering/FurtherIssue.sol";
import {IFurtherIssue} from "../../src/offering/IFurtherIssue.sol";
import {IAmendments} from "../../src/vault/IAmendments.sol";
import {DealFixture} from "./DealFixture.sol";
import {SampleMapping} from "./SampleMapping.sol";
import {SampleProgram} from "./SampleProgram.sol";

/// @notice The sample deal after its first payment date, whose terms let the senior class grow to 12,000.00
/// @dev Of 1,101.00 collected 1.00 is the fee, 80.00 and 20.00 are interest, and 1,000.00 is the senior class's: 7,000.00 of
///      8,000.00 are left, so that the factor is 7/8 and every 8 cents of face are a whole balance. The issue is 160 lots of
///      10.00 of face, of which 8.75 are left; they cost 9.00 and 5 cents of interest. The senior class's balance grows by
///      1,600.00 × 7/8 = 1,400.00.
abstract contract IssueFixture is DealFixture {
    uint40 internal constant DAY = 1 days;
    uint40 internal constant ISSUE_DATE = START + 41 * DAY;
    uint40 internal constant DEADLINE = START + 50 * DAY;
    uint256 internal constant FACE = 160_000;
    uint256 internal constant RAISE = 140_000;
    uint256 internal constant LOT_COST = 905 * CENT;

    FurtherIssue internal issue;

    function setUp() public virtual override {
        super.setUp();
        closeDeal();
        settle(1, 110_100);
    }

    function mostFace() internal pure virtual override returns (uint256[] memory most) {
        most = new uint256[](1);
        most[0] = 1_200_000;
    }

    function issueTerms() internal view returns (IFurtherIssue.IssueTerms memory) {
        return
            IFurtherIssue.IssueTerms({
                vault: vault,
                issuer: address(this),
                seller: sponsor,
                tranche: 0,
                fromPeriod: 2,
                issueDate: ISSUE_DATE,
                deadline: DEADLINE,
                lot: 1_000,
                lots: 160,
                maximum: 200,
                perInvestor: 0,
                price: 900,
                accrued: 5
            });
    }

    /// @dev A fee of 2.00 from the second period on, and a larger balance of the class.
    function raising(uint16 tranche, uint256 cents) internal returns (IAmendments.Amendment memory amendment) {
        bytes32 newHash = stored(SampleProgram.blobWithFee(200));
        amendment.fromPeriod = 2;
        amendment.programHash = newHash;
        amendment.documentHash = keccak256("tap.yaml");
        amendment.mappingHash = stored(SampleMapping.raising(vault.programHash(), newHash, 2, tranche, cents));
        amendment.payees = vault.payees();
        amendment.paymentDates = dates(3 days);
    }

    function propose(IAmendments.Amendment memory amendment) internal returns (bytes32) {
        return control.proposeIssue(issue, amendment);
    }

    /// @dev Proposed, and approved by somebody else; the delay has not begun to pass.
    function agree(IAmendments.Amendment memory amendment) internal returns (bytes32 proposal) {
        proposal = propose(amendment);
        vm.prank(approver);
        control.approveChange(proposal);
    }

    function take(address account, uint256 lots) internal {
        fund(account, address(issue), lots * issue.lotCost());
        vm.prank(account);
        issue.subscribe(lots);
    }

    function stored(bytes memory blob) internal returns (bytes32) {
        programs.register(blob);
        return keccak256(blob);
    }
}
