// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAmendments} from "../vault/IAmendments.sol";
import {IChanges} from "./IChanges.sol";
import {ISignerSet} from "./ISignerSet.sol";

/// @notice What a control may ask of a vault that names it
interface IStoppable {
    /// @notice Stops or resumes the vault. Only its control.
    function setStopped(bool stopped) external;
}

/// @title Who decides on a deal: signers of reports, changes with four eyes and a delay, the emergency stop
/// @notice A vault names its control for good. The control moves no cash: it says whose signatures count, which
///         amendment of the vault was agreed, and whether the vault is stopped.
interface IDealControl is ISignerSet, IChanges {
    /// @notice An amendment of a vault was proposed
    event AmendmentProposed(bytes32 indexed proposal, address indexed vault, IAmendments.Amendment amendment);

    /// @notice The vault may pay this period by an approved amendment only: have it applied, or cancelled
    error AmendmentDue(bytes32 proposal);
    /// @notice Another amendment of this vault is proposed: have it applied, or cancelled
    error AmendmentOpen(bytes32 proposal);

    /// @notice Proposes an amendment of a vault. Restricted to CHANGE_PROPOSER.
    function proposeAmendment(
        address vault,
        IAmendments.Amendment calldata amendment
    ) external returns (bytes32 proposal);

    /// @notice Takes up an approved amendment of the caller, a vault, once its delay is over
    function takeAmendment(IAmendments.Amendment calldata amendment) external;

    /// @notice Reverts when an approved amendment of the vault holds from this period on and was not applied
    function requireNoAmendment(address vault, uint256 period) external view;

    /// @notice Stops a vault: nothing new happens, what belongs to somebody already is paid. Restricted to GUARDIAN.
    function stop(IStoppable vault) external;

    /// @notice Resumes a vault. Restricted to RESUMER, another role than the one that stops.
    function resume(IStoppable vault) external;
}
