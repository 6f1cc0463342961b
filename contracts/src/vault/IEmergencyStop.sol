// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Emergency stop of a vault
/// @notice While stopped, nothing new happens: deposits, reports, settlements and changes are refused. What belongs to
///         somebody already is paid: claims and withdrawals go on, and so do disputes and withdrawals of reports.
interface IEmergencyStop {
    /// @notice The vault was stopped or resumed
    event StoppedSet(bool stopped, address indexed by);

    /// @notice The vault is stopped; whoever has the role RESUMER can resume it
    error Stopped();
    /// @notice The vault is stopped, or not, already
    error StoppedAlready(bool stopped);

    /// @notice Stops the vault. Restricted to GUARDIAN.
    function stop() external;

    /// @notice Resumes. Restricted to RESUMER, another role than the one that stops.
    function resume() external;

    /// @notice Whether the vault is stopped
    function stopped() external view returns (bool);
}
