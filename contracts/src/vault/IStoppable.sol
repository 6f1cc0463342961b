// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice What a control may ask of a vault that names it
interface IStoppable {
    /// @notice Stops or resumes the vault. Only its control.
    function setStopped(bool stopped) external;
}
