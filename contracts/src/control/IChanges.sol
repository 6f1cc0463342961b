// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Changes that need four eyes and a delay
/// @notice A change is known by a hash of all that it says. One account proposes it, another one in another role approves
///         it, and when the change delay is over anybody may have it applied, once. Until it is applied the guardian can cancel it.
interface IChanges {
    /// @notice A change was approved; it can be applied from this instant on
    event ChangeApproved(bytes32 indexed proposal, address indexed by, uint256 readyAt);
    /// @notice A change was given up
    event ChangeCancelled(bytes32 indexed proposal, address indexed by);

    /// @notice This change was proposed already
    error ChangeKnown(bytes32 proposal);
    /// @notice No such change is proposed: it never was, or was applied or cancelled
    error ChangeUnknown(bytes32 proposal);
    /// @notice Whoever proposed a change does not approve it
    error SameEyes(address account);
    /// @notice The change was approved already
    error ChangeApprovedAlready(bytes32 proposal);
    /// @notice The change is not approved yet (`readyAt` is zero) or its delay is not over
    error ChangeNotReady(bytes32 proposal, uint256 readyAt);

    /// @notice Approves a proposed change. Restricted to CHANGE_APPROVER, and to another account than proposed it.
    function approveChange(bytes32 proposal) external;

    /// @notice Gives up a change. Restricted to GUARDIAN.
    function cancelChange(bytes32 proposal) external;

    /// @notice Who proposed a change (zero when none is) and from when on it can be applied (zero before its approval)
    function changeOf(bytes32 proposal) external view returns (address proposer, uint256 readyAt);

    /// @notice Seconds between approval and application
    function changeDelay() external view returns (uint256);
}
