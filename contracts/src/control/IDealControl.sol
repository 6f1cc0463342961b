// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAmendments} from "../vault/IAmendments.sol";
import {IDealVault} from "../vault/IDealVault.sol";
import {IStoppable} from "../vault/IStoppable.sol";
import {IChanges} from "./IChanges.sol";
import {IFurtherIssues} from "./IFurtherIssues.sol";
import {ISignerSet} from "./ISignerSet.sol";

/// @title Who decides on a deal: signers of reports, changes with four eyes and a delay, the emergency stop
/// @notice A vault names its control for good. The control moves no cash: it says whose signatures count, which
///         amendment of the vault was agreed, and whether the vault is stopped.
interface IDealControl is ISignerSet, IChanges, IFurtherIssues {
    /// @notice Which program paid from a period on
    /// @param fromPeriod first period that it pays
    /// @param program address of the stored program
    /// @param programHash keccak256 of the program
    /// @param documentHash keccak256 of the deal document
    /// @param mappingHash keccak256 of the mapping that led to it, zero at closing
    struct Era {
        uint32 fromPeriod;
        address program;
        bytes32 programHash;
        bytes32 documentHash;
        bytes32 mappingHash;
    }

    /// @notice An amendment of a vault was proposed
    event AmendmentProposed(bytes32 indexed proposal, address indexed vault, IAmendments.Amendment amendment);

    /// @notice The vault may pay this period by an approved amendment only: have it applied, or cancelled
    error AmendmentDue(bytes32 proposal);
    /// @notice The date of a period that is over would change
    error PastDateChanged(uint256 period);
    /// @notice The payee of this index is still owed and would lose its place: have it withdraw first
    error PayeeStillOwed(uint256 payee);
    /// @notice Another amendment of this vault is proposed: have it applied, or cancelled
    error AmendmentOpen(bytes32 proposal);

    /// @notice Proposes an amendment of a vault. Restricted to CHANGE_PROPOSER.
    function proposeAmendment(
        address vault,
        IAmendments.Amendment calldata amendment
    ) external returns (bytes32 proposal);

    /// @notice Holds an approved amendment against its vault, runs the mapping on the vault's words and puts the new program
    ///         in force, once the delay is over and exactly when `fromPeriod` is next; anybody may call
    function applyAmendment(IDealVault vault, IAmendments.Amendment calldata amendment) external;

    /// @notice The program of a period of a vault under this control, of periods to come as it stands now
    function programOf(IDealVault vault, uint256 period) external view returns (Era memory);

    /// @notice Reverts when an approved amendment of the vault holds from this period on and was not applied
    function requireNoAmendment(address vault, uint256 period) external view;

    /// @notice Stops a vault: nothing new happens, what belongs to somebody already is paid. Restricted to GUARDIAN.
    function stop(IStoppable vault) external;

    /// @notice Resumes a vault. Restricted to RESUMER, another role than the one that stops.
    function resume(IStoppable vault) external;
}
