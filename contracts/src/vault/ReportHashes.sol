// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IReportBook} from "./IReportBook.sol";

/// @title EIP-712 struct hashes of what the parties sign
library ReportHashes {
    bytes32 internal constant REPORT_TYPE = keccak256(
        "ServicerReport(bytes32 programHash,uint32 period,uint32 revision,bytes32 previousStateHash,bytes32 tapeRoot,uint256[] inputs)"
    );
    bytes32 internal constant JOINT_TYPE = keccak256("JointSettlement(bytes32 reportDigest,uint256 cashHeld)");
    bytes32 internal constant DISMISSAL_TYPE = keccak256("DisputeDismissal(bytes32 reportDigest,bytes32 reasonHash)");

    /// @notice hashStruct of a servicer report
    function hash(IReportBook.ServicerReport calldata report) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    REPORT_TYPE,
                    report.programHash,
                    report.period,
                    report.revision,
                    report.previousStateHash,
                    report.tapeRoot,
                    keccak256(abi.encodePacked(report.inputs))
                )
            );
    }

    /// @notice hashStruct of a joint settlement
    function hash(IReportBook.JointSettlement calldata joint) internal pure returns (bytes32) {
        return keccak256(abi.encode(JOINT_TYPE, joint.reportDigest, joint.cashHeld));
    }

    /// @notice hashStruct of the dismissal of a dispute
    function hash(IReportBook.DisputeDismissal calldata dismissal) internal pure returns (bytes32) {
        return keccak256(abi.encode(DISMISSAL_TYPE, dismissal.reportDigest, dismissal.reasonHash));
    }
}
